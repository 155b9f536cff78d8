# One image for API, worker and migration; docker-compose.yml says which of them a container is.
FROM node:22-slim AS base
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Not `npm ci`: see tools/lib/project.mjs. The lock file decides all versions.
RUN npm install --no-save --no-audit --no-fund --omit=dev --omit=optional

FROM base AS build
RUN npm install --no-save --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY tools tools
COPY src src
COPY workflows workflows
COPY activities activities
COPY web web
RUN node tools/build.mjs

FROM node:22-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=base /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY docker/healthy.mjs ./
USER node
EXPOSE 3000
CMD ["node", "--enable-source-maps", "dist/src/main.js"]
