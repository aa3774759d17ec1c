# Count Once: portal, worker and command line in one image. Not built where this was written, which has no Docker; test/server/deploying
# starts what compose.yaml says of it as processes.
#   docker build -t count-once .

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
# Generated files, the pages and the hasher's page; then nothing is left that only makes them.
RUN npm run build && npm prune --omit=dev --ignore-scripts && rm -rf test bench node_modules/@img node_modules/sharp

FROM node:24-slim
# The last two have what a process gives back written over (docs/security.md).
ENV NODE_ENV=production COUNTONCE_PREPARED=/app COUNTONCE_DATA=/data COUNTONCE_LOG=console \
    MALLOC_PERTURB_=165 GLIBC_TUNABLES=glibc.malloc.tcache_count=0
WORKDIR /app
COPY --from=build /app /app
# The one folder that is written; everything else may be read-only.
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
# A worker: override the check with its own address (compose.yaml).
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+(process.env.PORT??3000)+'/health/live').then(({ok})=>process.exit(ok?0:1),()=>process.exit(1))"]
ENTRYPOINT ["node"]
CMD ["bin/portal.ts"]
