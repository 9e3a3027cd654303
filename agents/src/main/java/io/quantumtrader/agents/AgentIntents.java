package io.quantumtrader.agents;

import io.quantumtrader.agents.decision.Opinion.Call;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;

/**
 * Writes what the agent asks for as intents. The id is {@code source-symbol-asOf-action} with the
 * time of the market state it was decided on, so deciding the same twice gives the same id.
 */
final class AgentIntents {

  private final AgentSettings settings;

  AgentIntents(AgentSettings settings) {
    this.settings = settings;
  }

  /** Returns an intent that was decided on a state, with what the state says of the market. */
  TradeIntent seeing(MarketState state, Call call, long nowMs) {
    return intent(state.getSymbol(), state.getAsOfMs(), call, nowMs)
        .setPrice(state.getLastPrice())
        .setAtr(state.getAtr())
        .setRegime(regime(state))
        .build();
  }

  /** Returns an intent that was decided because no state came since. */
  TradeIntent blind(String symbol, long asOfMs, Call call, long nowMs) {
    return intent(symbol, asOfMs, call, nowMs).build();
  }

  /** Returns the time of the state that an intent of its own was decided on, or -1. */
  static long asOfMs(TradeIntent sent) {
    // Neither of the last two parts has a dash in it.
    String[] parts = sent.getIntentId().split("-", -1);
    try {
      return parts.length < 4 ? -1 : Long.parseLong(parts[parts.length - 2]);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private TradeIntent.Builder intent(String symbol, long asOfMs, Call call, long nowMs) {
    boolean entry =
        call.action() == IntentAction.OPEN_LONG || call.action() == IntentAction.OPEN_SHORT;
    return TradeIntent.newBuilder()
        .setIntentId(settings.source() + "-" + symbol + "-" + asOfMs + "-" + call.action())
        .setAccount(settings.account())
        .setSymbol(symbol)
        .setAction(call.action())
        .setReduceOnly(call.action() == IntentAction.CLOSE)
        .setSizing(entry ? Sizing.MARGIN : Sizing.NONE)
        .setAmount(entry ? settings.margin() : null)
        .setLeverage(entry ? settings.leverage() : null)
        .setConfidence(call.confidence())
        .setReason(call.reason())
        .setSource(settings.source())
        .setCreatedAtMs(nowMs);
  }

  // The first of trend, mr and chop where several are equally probable.
  private static String regime(MarketState state) {
    double most = Math.max(state.getPTrend(), Math.max(state.getPMr(), state.getPChop()));
    if (state.getPTrend() == most) {
      return "trend";
    }
    return state.getPMr() == most ? "mr" : "chop";
  }
}
