// Trades on the twin with the npm package "binance" as anyone would with the exchange, and writes
// each answer as one line of JSON: {"step": .., "answer": ..}. The twin's addresses, the key and
// its secret come from the environment. It ends with 1 where anything is not answered in time.
'use strict';

const { USDMClient, WebsocketClient } = require('binance');

const { TWIN_REST, TWIN_STREAMS, TWIN_KEY, TWIN_SECRET } = process.env;
const SYMBOL = 'BTCUSDT';
const PATIENCE_MS = 30_000;

// The client talks on the console: standard output is for answers alone.
const quiet = { trace() {}, info() {}, error: (...told) => console.error(...told) };
console.log = (...told) => console.error(...told);

function say(step, answer) {
  process.stdout.write(`${JSON.stringify({ step, answer })}\n`);
}

/** Says what a call answers, or what it is refused with. */
async function step(name, call) {
  const answer = await call.catch((refused) => ({ refused: refused.code, message: refused.message }));
  say(name, answer);
  return answer;
}

/** Connects the streams; the events that come can be waited for, those of before among them. */
function connectStreams() {
  const client = new WebsocketClient(
    {
      api_key: TWIN_KEY,
      api_secret: TWIN_SECRET,
      wsUrl: TWIN_STREAMS,
      restOptions: { baseUrl: TWIN_REST },
    },
    quiet,
  );
  const seen = [];
  const waiting = new Set();
  client.on('exception', (failed) => console.error('stream', failed));
  client.on('message', (message) => {
    const told = message.data ?? message;
    for (const event of Array.isArray(told) ? told : [told]) {
      seen.push(event);
      waiting.forEach((check) => check(event));
    }
  });
  function until(what, wanted) {
    const found = seen.find(wanted);
    if (found) {
      return Promise.resolve(found);
    }
    return new Promise((resolve, reject) => {
      const told = () => seen.map((event) => event.e).join(' ');
      const late = setTimeout(
        () => reject(new Error(`${what} was not told, but: ${told()}`)),
        PATIENCE_MS,
      );
      waiting.add(function check(event) {
        if (wanted(event)) {
          clearTimeout(late);
          waiting.delete(check);
          resolve(event);
        }
      });
    });
  }
  return { client, sayWhen: async (what, wanted) => say(what, await until(what, wanted)) };
}

/** Lets the twin have another price. */
async function price(value) {
  const body = JSON.stringify({ symbol: SYMBOL, price: value });
  const answer = await fetch(`${TWIN_REST}/twin/price`, { method: 'POST', body });
  if (!answer.ok) {
    throw new Error(`no other price: ${answer.status}`);
  }
}

const isOrder = (id, status) => (event) =>
  event.e === 'ORDER_TRADE_UPDATE' && event.o.c === id && event.o.X === status;
const isAlgo = (id, status) => (event) =>
  event.e === 'ALGO_UPDATE' && event.o.caid === id && event.o.X === status;

async function prepare(rest) {
  await step('time', rest.getServerTime());
  await step('exchangeInfo', rest.getExchangeInfo());
  await step('klines', rest.getKlines({ symbol: SYMBOL, interval: '1m', limit: 5 }));
  await step('mark', rest.getMarkPrice({ symbol: SYMBOL }));
  await step('leverage', rest.setLeverage({ symbol: SYMBOL, leverage: 5 }));
  await step('mode', rest.getCurrentPositionMode());
  await step('account', rest.getAccountInformationV3());
}

async function openPosition(rest, streams) {
  const placed = await step(
    'order',
    rest.submitNewOrder({ symbol: SYMBOL, side: 'BUY', type: 'MARKET', quantity: '0.010' }),
  );
  const id = placed.clientOrderId;
  await streams.sayWhen('orderFilled', isOrder(id, 'FILLED'));
  await step('orderAsked', rest.getOrder({ symbol: SYMBOL, origClientOrderId: id }));
  await step('positions', rest.getPositionsV3({ symbol: SYMBOL }));
  await step('trades', rest.getAccountTrades({ symbol: SYMBOL }));
}

function conditional(rest, type, triggerPrice) {
  return rest.submitNewAlgoOrder({
    algoType: 'CONDITIONAL',
    symbol: SYMBOL,
    side: 'SELL',
    type,
    triggerPrice,
    workingType: 'MARK_PRICE',
    closePosition: 'true',
  });
}

async function protect(rest, streams) {
  const stop = await step('stop', conditional(rest, 'STOP_MARKET', '59000'));
  await step('stopAgain', conditional(rest, 'STOP_MARKET', '58000'));
  await step('stopsOpen', rest.getOpenAlgoOrders({ symbol: SYMBOL }));
  await step('stopCancelled', rest.cancelAlgoOrder({ algoId: stop.algoId }));
  await streams.sayWhen('stopTold', isAlgo(stop.clientAlgoId, 'CANCELED'));
  const target = await step('target', conditional(rest, 'TAKE_PROFIT_MARKET', '61000'));
  await price('61500');
  await streams.sayWhen('targetFilled', isOrder(target.clientAlgoId, 'FILLED'));
  await streams.sayWhen('targetFinished', isAlgo(target.clientAlgoId, 'FINISHED'));
  await step('targetAsked', rest.getAlgoOrder({ clientAlgoId: target.clientAlgoId }));
  await step('flat', rest.getPositionsV3({ symbol: SYMBOL }));
}

/** A stop that rests at its limit once it has triggered, and one that follows the price. */
async function protectOtherwise(rest, streams) {
  const order = { algoType: 'CONDITIONAL', symbol: SYMBOL, side: 'BUY', quantity: '0.010' };
  const stop = await step(
    'limitStop',
    rest.submitNewAlgoOrder({ ...order, type: 'STOP', triggerPrice: '61600', price: '61400' }),
  );
  const trail = await step(
    'trail',
    rest.submitNewAlgoOrder({
      ...order,
      type: 'TRAILING_STOP_MARKET',
      callbackRate: '1',
      activatePrice: '60000',
    }),
  );
  await step('trailTooFar', rest.submitNewAlgoOrder({
    ...order,
    type: 'TRAILING_STOP_MARKET',
    callbackRate: '11',
  }));
  await price('61600');
  await streams.sayWhen('limitStopRests', isAlgo(stop.clientAlgoId, 'TRIGGERED'));
  await step('limitStopOpen', rest.getAllOpenOrders({ symbol: SYMBOL }));
  await step(
    'limitStopCancelled',
    rest.cancelOrder({ symbol: SYMBOL, origClientOrderId: stop.clientAlgoId }),
  );
  await streams.sayWhen('limitStopFinished', isAlgo(stop.clientAlgoId, 'FINISHED'));
  await step('trailOpen', rest.getOpenAlgoOrders({ symbol: SYMBOL }));
  await step('trailCancelled', rest.cancelAlgoOrder({ algoId: trail.algoId }));
  await price('61500');
}

async function orderAtALimit(rest) {
  const limit = { symbol: SYMBOL, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC' };
  const placed = await step(
    'limit',
    rest.submitNewOrder({ ...limit, quantity: '0.010', price: '60000' }),
  );
  await step('limitsOpen', rest.getAllOpenOrders({ symbol: SYMBOL }));
  await step('limitCancelled', rest.cancelOrder({ symbol: SYMBOL, orderId: placed.orderId }));
  await step('limitUnknown', rest.cancelOrder({ symbol: SYMBOL, orderId: placed.orderId }));
  await step(
    'tooSmall',
    rest.submitNewOrder({ symbol: SYMBOL, side: 'BUY', type: 'MARKET', quantity: '0.001' }),
  );
  await step('income', rest.getIncomeHistory({ incomeType: 'REALIZED_PNL' }));
}

async function main() {
  const rest = new USDMClient({ api_key: TWIN_KEY, api_secret: TWIN_SECRET, baseUrl: TWIN_REST });
  const streams = connectStreams();
  await prepare(rest);
  await streams.client.subscribeUsdFuturesUserDataStream();
  await streams.client.subscribe(['btcusdt@kline_1m', 'btcusdt@markPrice'], 'usdmMarket');
  // It comes each second: from then on no candle is missed.
  await streams.sayWhen('markTold', (event) => event.e === 'markPriceUpdate');
  await openPosition(rest, streams);
  await protect(rest, streams);
  await streams.sayWhen('candle', (event) => event.e === 'kline' && event.k.c === '61500');
  await protectOtherwise(rest, streams);
  await orderAtALimit(rest);
  await step('keyClosed', rest.closeFuturesUserDataListenKey());
}

// Its timers would keep the process alive for an hour.
main().then(
  () => process.exit(0),
  (failed) => {
    console.error(failed);
    process.exit(1);
  },
);
