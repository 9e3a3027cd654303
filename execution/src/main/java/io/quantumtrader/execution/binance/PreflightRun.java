package io.quantumtrader.execution.binance;

import io.quantumtrader.binance.ApiKey;
import io.quantumtrader.binance.Call;
import io.quantumtrader.binance.Call.Proof;
import io.quantumtrader.binance.Pause;
import io.quantumtrader.binance.RateBudget;
import io.quantumtrader.binance.RateBudget.Urgency;
import io.quantumtrader.binance.Reply;
import io.quantumtrader.binance.Reply.Success;
import io.quantumtrader.binance.SessionRecorder;
import io.quantumtrader.binance.SignedRest;
import io.quantumtrader.execution.decision.Decimals;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Asks the exchange what {@link Preflight} judges. It places no order and changes nothing. */
public final class PreflightRun {

  private static final BigDecimal ABOVE_THE_LEAST = new BigDecimal("1.1");

  private PreflightRun() {}

  /**
   * Asks, and returns what was found. It never throws for what an exchange does.
   *
   * @param symbols to be traded, as a check of some; may be empty
   * @param complaints what is wrong with how the keys are kept
   * @param wallMs wall time, epoch milliseconds UTC
   */
  public static List<Preflight.Finding> run(
      BinanceSettings settings,
      ApiKey key,
      List<String> symbols,
      List<String> complaints,
      LongSupplier wallMs,
      RateBudget budget,
      SessionRecorder recorder) {
    try (SignedRest rest =
        new SignedRest(
            settings.environment(), key, settings.rest(), wallMs, budget, recorder, Pause.SLEEP)) {
      Reply time = rest.measure();
      Listings listings = new Listings(rest, settings, wallMs);
      Preflight.Answers answers =
          new Preflight.Answers(
              settings.environment().realMoney(),
              rest.send(Call.get("/fapi/v3/account", 5)),
              rest.send(Call.get("/fapi/v1/accountConfig", 5)),
              rest.send(Call.get("/sapi/v1/account/apiRestrictions", 1)),
              rest.send(Call.get("/fapi/v1/symbolConfig", 5)),
              orderTest(rest, listings, symbols),
              time instanceof Success ? rest.offsetMs() : Optional.empty(),
              budget.weightLeft(wallMs.getAsLong()),
              complaints);
      return Preflight.judge(answers, symbols);
    }
  }

  /** Tries out the smallest order in the first symbol that trades. */
  private static Optional<Reply> orderTest(
      SignedRest rest, Listings listings, List<String> symbols) {
    List<Instrument> listed = listings.all(0);
    Optional<Instrument> instrument =
        listed.stream()
            .filter(each -> symbols.isEmpty() || each.getSymbol().equals(symbols.getFirst()))
            .filter(each -> each.getStatus() == InstrumentStatus.TRADING)
            .findFirst();
    if (instrument.isEmpty()) {
      return Optional.empty();
    }
    String symbol = instrument.get().getSymbol();
    Reply mark =
        rest.send(Call.get("/fapi/v1/premiumIndex", 1).with("symbol", symbol).by(Proof.NONE));
    if (!(mark instanceof Success success)) {
      return Optional.of(mark);
    }
    Optional<BigDecimal> price =
        Json.optional(success.body(), "markPrice").filter(value -> value.signum() > 0);
    return price.map(known -> rest.send(order(instrument.get(), known)));
  }

  private static Call order(Instrument instrument, BigDecimal price) {
    BigDecimal worth = instrument.getMinNotional().multiply(ABOVE_THE_LEAST);
    BigDecimal wanted =
        worth
            .divide(price, Decimals.SCALE, RoundingMode.CEILING)
            .max(instrument.getMinQuantity())
            .max(instrument.getStepSize());
    return Call.order("/fapi/v1/order/test", Urgency.ENTRY)
        .with("symbol", instrument.getSymbol())
        .with("side", "BUY")
        .with("type", "MARKET")
        .with(
            "quantity",
            Decimals.toMultiple(wanted, instrument.getStepSize(), RoundingMode.CEILING));
  }
}
