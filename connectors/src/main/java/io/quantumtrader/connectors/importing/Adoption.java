package io.quantumtrader.connectors.importing;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Positions as the records that bring them in: the account as the exchange has it, and one fill of
 * origin ADOPTED for each, from which the ledger takes them up with risk data of its own finding.
 *
 * @param exchange the account
 * @param fills the fills, ascending by symbol
 */
public record Adoption(ExchangeAccount exchange, List<ApplyResult> fills) {

  private static final BigDecimal NOTHING = BigDecimal.ZERO.setScale(18);

  /**
   * Returns the records. What is adopted is as old as what the old system wrote: trades since then
   * are not contained in it, and the executor has to look for them. Where it does not say when it
   * wrote something, that counts as written now.
   *
   * @param account account that takes the positions
   * @param wallet its wallet balance, quote currency
   * @param before the account as the exchange had it; all of it stays but its time, the wallet and
   *     the positions that are adopted: since when its trades are followed, its holds, what its
   *     wallet is reckoned from
   * @param positions positions to adopt
   * @param nowMs when, epoch milliseconds
   */
  public static Adoption of(
      String account,
      BigDecimal wallet,
      Optional<ExchangeAccount> before,
      List<FoundPosition.Open> positions,
      long nowMs) {
    TreeMap<String, ExchangePosition> all = new TreeMap<>();
    before.ifPresent(
        known -> known.getPositions().forEach(each -> all.put(each.getSymbol(), each)));
    TreeMap<String, FoundPosition.Open> adopted = new TreeMap<>();
    positions.forEach(each -> adopted.put(each.position().getSymbol(), each));
    adopted.forEach((symbol, each) -> all.put(symbol, each.position()));
    long oldestMs =
        adopted.values().stream().mapToLong(each -> writtenMs(each, nowMs)).min().orElse(nowMs);
    ExchangeAccount exchange =
        before
            .map(ExchangeAccount::newBuilder)
            .orElseGet(() -> followedFrom(oldestMs < nowMs ? oldestMs : 0))
            .setAccount(account)
            .setAsOfMs(Math.min(oldestMs, before.map(ExchangeAccount::getAsOfMs).orElse(nowMs)))
            .setWallet(wallet.setScale(18, RoundingMode.HALF_EVEN))
            .setPositions(List.copyOf(all.values()))
            .build();
    return new Adoption(
        exchange,
        adopted.values().stream()
            .map(each -> fill(account, each.position(), writtenMs(each, nowMs), nowMs))
            .toList());
  }

  private static ExchangeAccount.Builder followedFrom(long ms) {
    return ExchangeAccount.newBuilder().setFollowedFromMs(ms);
  }

  private static long writtenMs(FoundPosition.Open position, long nowMs) {
    return position.asOfMs() > 0 ? Math.min(position.asOfMs(), nowMs) : nowMs;
  }

  private static ApplyResult fill(
      String account, ExchangePosition position, long writtenMs, long nowMs) {
    String id = "redis-import-" + account + "-" + position.getSymbol() + "-" + nowMs;
    return ApplyResult.newBuilder()
        .setResultId(id)
        .setAccount(account)
        .setSymbol(position.getSymbol())
        .setOrigin(ResultOrigin.ADOPTED)
        .setOutcome(ResultOutcome.FILLED)
        .setFinalResult(true)
        .setSide(position.getSide() == PositionSide.LONG ? OrderSide.BUY : OrderSide.SELL)
        .setReduceOnly(false)
        .setRequestedQuantity(position.getQuantity())
        .setFilledQuantity(position.getQuantity())
        .setFill(
            Fill.newBuilder()
                .setFillId(id)
                .setQuantity(position.getQuantity())
                .setPrice(position.getEntryPrice())
                .setFee(NOTHING)
                .setAtMs(writtenMs)
                .build())
        .setLeverage(position.getLeverage())
        .setMessage("imported from Redis")
        .setAtMs(nowMs)
        .build();
  }
}
