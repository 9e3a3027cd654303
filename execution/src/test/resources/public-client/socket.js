// Orders on the twin over the WebSocket API with the npm package "binance": once with each request
// signed by HMAC, once with a connection that is logged on by Ed25519. Writes as trade.js does.
'use strict';

const { WebsocketAPIClient } = require('binance');

const { TWIN_STREAMS, TWIN_KEY, TWIN_SECRET, TWIN_ED_KEY, TWIN_ED_SECRET } = process.env;
const SYMBOL = 'BTCUSDT';

// The client talks on the console: standard output is for answers alone.
const quiet = { trace() {}, info() {}, error: (...told) => console.error(...told) };
console.log = (...told) => console.error(...told);
console.info = console.log;

/** Says what a call answers, or what it is refused with. */
async function step(name, call) {
  const answer = await call.then(
    (told) => ({ result: told.result }),
    (refused) => ({ refused: refused.error?.code ?? refused.code ?? String(refused) }),
  );
  process.stdout.write(`${JSON.stringify({ step: name, answer })}\n`);
  return answer.result ?? {};
}

function connect(key, secret) {
  const wsUrl = `${TWIN_STREAMS}/ws-fapi/v1`;
  return new WebsocketAPIClient({ api_key: key, api_secret: secret, wsUrl }, quiet);
}

const at = () => ({ timestamp: Date.now() });

async function trade(name, api) {
  const limit = { symbol: SYMBOL, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC' };
  await step(`${name}Price`, api.getFuturesSymbolPriceTicker({ symbol: SYMBOL }));
  await step(`${name}Book`, api.getFuturesSymbolOrderBookTicker({ symbol: SYMBOL }));
  await step(
    `${name}Order`,
    api.submitNewFuturesOrder('usdm', {
      symbol: SYMBOL,
      side: 'BUY',
      type: 'MARKET',
      quantity: '0.010',
      ...at(),
    }),
  );
  const rests = await step(
    `${name}Limit`,
    api.submitNewFuturesOrder('usdm', { ...limit, quantity: '0.010', price: '59000', ...at() }),
  );
  const id = { symbol: SYMBOL, orderId: rests.orderId };
  await step(`${name}Status`, api.getFuturesOrderStatus('usdm', { ...id, ...at() }));
  await step(`${name}Cancelled`, api.cancelFuturesOrder('usdm', { ...id, ...at() }));
  await step(`${name}Unknown`, api.cancelFuturesOrder('usdm', { ...id, ...at() }));
  await step(`${name}Positions`, api.getFuturesPositionV2({ symbol: SYMBOL, ...at() }));
  await step(`${name}Balance`, api.getFuturesAccountBalanceV2(at()));
  await step(`${name}Account`, api.getFuturesAccountStatusV2(at()));
}

async function main() {
  await trade('hmac', connect(TWIN_KEY, TWIN_SECRET));
  await trade('logon', connect(TWIN_ED_KEY, TWIN_ED_SECRET));
}

// Its timers would keep the process alive for an hour.
main().then(
  () => process.exit(0),
  (failed) => {
    console.error(failed);
    process.exit(1);
  },
);
