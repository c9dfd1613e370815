codex mcp add woodpecker --env WOODPECKER_API_KEY="your key" -- node /path/to/woodpecker-campaigns-mcp/dist/main.cjs
