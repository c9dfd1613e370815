# The server for a team, over HTTP: see docs/deploy.md. Nothing secret is built in; keys and tokens come with the start.
#
#   docker build -t woodpecker-campaigns-mcp .
#   docker run -p 127.0.0.1:3000:3000 -e WOODPECKER_API_KEY -e WOODPECKER_MCP_TOKEN woodpecker-campaigns-mcp

FROM node:22.21-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY scripts scripts
COPY src src
RUN node scripts/build.mjs

FROM node:22.21-slim
WORKDIR /app
COPY LICENSE ./
COPY --from=build /build/dist ./dist
# The ledger of writes, and confirmations, outlive the container where a volume is mounted here.
RUN mkdir /data && chown node:node /data
ENV NODE_ENV=production WOODPECKER_LEDGER=/data/ledger.jsonl WOODPECKER_STATE_DIR=/data/state
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/main.cjs"]
CMD ["--http", "--host", "0.0.0.0"]
