package io.quantumtrader.app.tap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.console.tap.RecordJson;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a run came to. Money is in quote currency; equityEnd = equityStart + realizedPnl +
 * unrealizedPnl - fees, where the left side comes from the exchange's wallet and the right side
 * from the ledger's fold over fills.
 *
 * @param candles candles published
 * @param marketStates market states computed
 * @param intents intents published
 * @param intentPlans plans that came of an intent; with the denials they make the intents
 * @param denials denied intents by reason code
 * @param exits how positions were closed
 * @param deadLetters records on the dead-letter topic
 * @param fills fills reported
 * @param openPositions positions open at the end
 * @param maxOpenPositions most positions of one account open at once
 * @param equityStart equity of all accounts at the start
 * @param equityEnd equity of all accounts at the end
 * @param realizedPnl realised profit of this run, before fees
 * @param unrealizedPnl change of unrealised profit in this run
 * @param fees fees of this run
 * @param redisKeys keys under the old names at the end
 * @param records committed records on all topics
 * @param elapsed wall time from the first record on
 * @param input what was read from files, where there were any
 */
public record Summary(
    long candles,
    long marketStates,
    long intents,
    long intentPlans,
    SortedMap<String, Long> denials,
    Exits exits,
    long deadLetters,
    long fills,
    long openPositions,
    long maxOpenPositions,
    BigDecimal equityStart,
    BigDecimal equityEnd,
    BigDecimal realizedPnl,
    BigDecimal unrealizedPnl,
    BigDecimal fees,
    long redisKeys,
    long records,
    Duration elapsed,
    Optional<ReadInput> input) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Returns this summary with the number of Redis keys. */
  public Summary withRedisKeys(long keys) {
    return with(keys, input);
  }

  /** Returns this summary with what was read from files. */
  public Summary withInput(Optional<ReadInput> read) {
    return with(redisKeys, read);
  }

  private Summary with(long keys, Optional<ReadInput> read) {
    return new Summary(
        candles,
        marketStates,
        intents,
        intentPlans,
        denials,
        exits,
        deadLetters,
        fills,
        openPositions,
        maxOpenPositions,
        equityStart,
        equityEnd,
        realizedPnl,
        unrealizedPnl,
        fees,
        keys,
        records,
        elapsed,
        read);
  }

  /** Returns committed records per second of wall time. */
  public double eventsPerSecond() {
    double seconds = elapsed.toMillis() / 1000.0;
    return seconds > 0 ? records / seconds : 0;
  }

  /** Returns the summary as one JSON object; money as plain text. */
  public String toJson() {
    ObjectNode node = JSON.createObjectNode();
    input.ifPresent(read -> read.putInto(node));
    node.put("candles", candles);
    node.put("marketStates", marketStates);
    node.put("intents", intents);
    node.put("intentPlans", intentPlans);
    ObjectNode codes = node.putObject("denials");
    denials.forEach(codes::put);
    exits.putInto(node);
    node.put("deadLetters", deadLetters);
    node.put("fills", fills);
    node.put("openPositions", openPositions);
    node.put("maxOpenPositions", maxOpenPositions);
    node.put("equityStart", RecordJson.plain(equityStart));
    node.put("equityEnd", RecordJson.plain(equityEnd));
    node.put("realizedPnl", RecordJson.plain(realizedPnl));
    node.put("unrealizedPnl", RecordJson.plain(unrealizedPnl));
    node.put("fees", RecordJson.plain(fees));
    node.put("redisKeys", redisKeys);
    node.put("eventsPerSecond", Math.round(eventsPerSecond()));
    return node.toString();
  }

  /** Returns the summary as lines for people. */
  public List<String> toLines() {
    List<String> lines = new ArrayList<>();
    input
        .filter(read -> read.rejected() > 0)
        .ifPresent(read -> lines.add(row("lines rejected", read.rejected())));
    lines.add(row("candles", candles));
    lines.add(row("market states", marketStates));
    lines.add(row("intents", intents));
    lines.add(row("  became plans", intentPlans));
    lines.add(row("  denied", sum(denials)));
    addEach(lines, denials);
    lines.add(row("exit plans", exits.plans()));
    lines.add(row("proposals held", sum(exits.held())));
    addEach(lines, exits.held());
    lines.add(row("dead letters", deadLetters));
    lines.add(row("fills", fills));
    lines.add(row("  closing", sum(exits.closes())));
    addEach(lines, exits.closes());
    lines.add(row("open positions", openPositions));
    lines.add(row("  most at one time", maxOpenPositions));
    lines.add(row("equity", money(equityStart) + " -> " + money(equityEnd)));
    lines.add(row("realised profit", money(realizedPnl)));
    lines.add(row("unrealised profit", money(unrealizedPnl)));
    lines.add(row("fees", money(fees)));
    lines.add(row("Redis keys", redisKeys));
    lines.add(row("events per second", Math.round(eventsPerSecond())));
    return lines;
  }

  private static long sum(SortedMap<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void addEach(List<String> lines, SortedMap<String, Long> counts) {
    counts.forEach((name, count) -> lines.add(row("    " + name, count)));
  }

  private static String row(String name, long value) {
    return row(name, String.format(Locale.ROOT, "%,d", value));
  }

  private static String row(String name, String value) {
    return String.format(Locale.ROOT, "  %-30s %14s", name, value);
  }

  private static String money(BigDecimal amount) {
    return String.format(Locale.ROOT, "%,.2f", amount.setScale(2, RoundingMode.HALF_EVEN));
  }
}
