codex mcp add woodpecker --env WOODPECKER_API_KEY="your key" -- npx -y woodpecker-campaigns-mcp
