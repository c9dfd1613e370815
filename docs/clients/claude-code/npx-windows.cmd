claude mcp add --scope user woodpecker --env WOODPECKER_API_KEY="your key" -- cmd /c npx -y woodpecker-campaigns-mcp
