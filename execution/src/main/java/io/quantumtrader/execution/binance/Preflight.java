package io.quantumtrader.execution.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.binance.Reply;
import io.quantumtrader.binance.Reply.Success;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What must be true before an account is traded with, judged from the exchange's answers. Nothing
 * is changed at the exchange: who finds something wrong changes it there.
 */
public final class Preflight {

  /** How a check ended. */
  public enum Verdict {
    /** As it should be. */
    OK,
    /** It can be traded with, but somebody should look at it. */
    COMPLAINT,
    /** It must not be traded with. */
    REFUSED
  }

  /**
   * What a check found.
   *
   * @param check what was checked, a few words
   * @param message what was found, one line
   */
  public record Finding(String check, Verdict verdict, String message) {}

  /**
   * What the exchange answered.
   *
   * @param realMoney whether orders there move real money
   * @param account what is in the account
   * @param config what the account may do, and how it is set
   * @param restrictions what the key may do
   * @param symbols margin mode and leverage by symbol
   * @param orderTest an order that was tried out and not placed; empty where none could be made
   * @param offsetMs what is to be added to this machine's clock, milliseconds; empty if not known
   * @param weightLeft what may still be asked in this minute
   * @param complaints what is wrong with how the keys are kept
   */
  record Answers(
      boolean realMoney,
      Reply account,
      Reply config,
      Reply restrictions,
      Reply symbols,
      Optional<Reply> orderTest,
      Optional<Long> offsetMs,
      int weightLeft,
      List<String> complaints) {}

  /** A clock that is off by so much is complained about, milliseconds. */
  static final long CLOCK_COMPLAINT_MS = 1_000;

  /** A clock that is off by so much is refused: the executor judges permits by it. */
  static final long CLOCK_REFUSED_MS = 5_000;

  /** Less than this weight would not do for the start. */
  static final int LEAST_WEIGHT = 400;

  private Preflight() {}

  /** Returns whether nothing was refused. */
  public static boolean passes(List<Finding> findings) {
    return findings.stream().noneMatch(each -> each.verdict() == Verdict.REFUSED);
  }

  /**
   * Judges the answers.
   *
   * @param traded symbols that are to be traded, as a check of some; may be empty
   */
  static List<Finding> judge(Answers answers, List<String> traded) {
    List<Finding> findings = new ArrayList<>();
    for (String complaint : answers.complaints()) {
      findings.add(new Finding("keys are kept", Verdict.COMPLAINT, complaint));
    }
    findings.add(key(answers.account()));
    findings.addAll(config(answers.config()));
    findings.addAll(restrictions(answers));
    findings.addAll(symbols(answers.symbols(), traded));
    findings.add(clock(answers.offsetMs()));
    findings.add(weight(answers.weightLeft()));
    findings.add(orderTest(answers.orderTest()));
    return List.copyOf(findings);
  }

  private static Finding key(Reply account) {
    return account instanceof Success
        ? new Finding("key", Verdict.OK, "the exchange accepts it")
        : new Finding("key", Verdict.REFUSED, Replies.words(account));
  }

  private static List<Finding> config(Reply reply) {
    if (!(reply instanceof Success config)) {
      return List.of(new Finding("account settings", Verdict.REFUSED, Replies.words(reply)));
    }
    JsonNode body = config.body();
    boolean oneWay = body.has("dualSidePosition") && !body.path("dualSidePosition").asBoolean();
    boolean multi = body.path("multiAssetsMargin").asBoolean(false);
    return List.of(
        body.path("canTrade").asBoolean(false)
            ? new Finding("may trade", Verdict.OK, "the account may trade")
            : new Finding("may trade", Verdict.REFUSED, "the account may not trade"),
        oneWay
            ? new Finding("position mode", Verdict.OK, "one-way mode")
            : new Finding(
                "position mode",
                Verdict.REFUSED,
                "not in one-way mode; the mode is shared with COIN-M, change it on the exchange"),
        multi
            ? new Finding(
                "asset mode",
                Verdict.COMPLAINT,
                "multi-asset mode: other assets are margin too, and a loss may be paid in them")
            : new Finding("asset mode", Verdict.OK, "single-asset mode"));
  }

  private static List<Finding> restrictions(Answers answers) {
    if (!(answers.restrictions() instanceof Success success)) {
      Verdict verdict = answers.realMoney() ? Verdict.COMPLAINT : Verdict.OK;
      String words = "the exchange does not tell: " + Replies.words(answers.restrictions());
      return List.of(new Finding("what the key may do", verdict, words));
    }
    JsonNode body = success.body();
    List<Finding> findings = new ArrayList<>();
    findings.add(
        body.path("enableFutures").asBoolean(true)
            ? new Finding("futures", Verdict.OK, "the key may trade futures")
            : new Finding("futures", Verdict.REFUSED, "the key may not trade futures"));
    findings.add(
        body.path("enableWithdrawals").asBoolean(false)
            ? new Finding(
                "withdrawals",
                Verdict.COMPLAINT,
                "the key may withdraw, which nothing here needs: take that permission away")
            : new Finding("withdrawals", Verdict.OK, "the key may not withdraw"));
    findings.add(
        body.path("ipRestrict").asBoolean(false)
            ? new Finding("addresses", Verdict.OK, "the key is good for given addresses only")
            : new Finding(
                "addresses", Verdict.COMPLAINT, "the key is good from anywhere: restrict it"));
    return findings;
  }

  private static List<Finding> symbols(Reply reply, List<String> traded) {
    if (!(reply instanceof Success success)) {
      return List.of(new Finding("margin and leverage", Verdict.REFUSED, Replies.words(reply)));
    }
    if (traded.isEmpty()) {
      return List.of(modes(success.body()));
    }
    Map<String, JsonNode> bySymbol = new HashMap<>();
    success.body().forEach(each -> bySymbol.put(each.path("symbol").asText(""), each));
    List<Finding> findings = new ArrayList<>();
    for (String symbol : traded) {
      JsonNode config = bySymbol.get(symbol);
      findings.add(
          config == null
              ? new Finding(symbol, Verdict.REFUSED, "the exchange does not list it")
              : new Finding(
                  symbol,
                  Verdict.OK,
                  config.path("marginType").asText("?").toLowerCase(Locale.ROOT)
                      + " margin, leverage "
                      + config.path("leverage").asInt(0)));
    }
    return findings;
  }

  /** Leverage needs no look here: it is set before each entry, which is refused where it is. */
  private static Finding modes(JsonNode symbols) {
    Map<String, Integer> modes = new TreeMap<>();
    symbols.forEach(
        each ->
            modes.merge(
                each.path("marginType").asText("?").toLowerCase(Locale.ROOT), 1, Integer::sum));
    return modes.isEmpty()
        ? new Finding("margin and leverage", Verdict.REFUSED, "the exchange tells of no symbol")
        : new Finding(
            "margin and leverage",
            Verdict.OK,
            modes.entrySet().stream()
                    .map(mode -> mode.getKey() + " margin in " + mode.getValue() + " symbols")
                    .collect(Collectors.joining(", "))
                + "; leverage is set before each entry");
  }

  private static Finding clock(Optional<Long> offsetMs) {
    if (offsetMs.isEmpty()) {
      return new Finding("clock", Verdict.REFUSED, "the exchange does not tell its time");
    }
    long off = Math.abs(offsetMs.get());
    String message = "this machine's clock is off by " + off + " ms";
    Verdict verdict = off > CLOCK_COMPLAINT_MS ? Verdict.COMPLAINT : Verdict.OK;
    return new Finding("clock", off > CLOCK_REFUSED_MS ? Verdict.REFUSED : verdict, message);
  }

  private static Finding weight(int left) {
    Verdict verdict = left < LEAST_WEIGHT ? Verdict.REFUSED : Verdict.OK;
    return new Finding("weight", verdict, left + " left in this minute");
  }

  private static Finding orderTest(Optional<Reply> reply) {
    if (reply.isEmpty()) {
      return new Finding("order test", Verdict.REFUSED, "there is no symbol to try an order in");
    }
    return reply.get() instanceof Success
        ? new Finding("order test", Verdict.OK, "an order would be accepted")
        : new Finding("order test", Verdict.REFUSED, Replies.words(reply.get()));
  }
}
