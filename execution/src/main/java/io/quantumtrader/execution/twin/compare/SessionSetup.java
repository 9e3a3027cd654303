package io.quantumtrader.execution.twin.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.quantumtrader.execution.twin.TwinAccount;
import io.quantumtrader.execution.twin.TwinSettings;
import io.quantumtrader.execution.twin.compare.SessionLine.Request;
import io.quantumtrader.execution.twin.core.Refused;
import io.quantumtrader.execution.twin.core.Side;
import io.quantumtrader.execution.twin.core.TwinCore;
import io.quantumtrader.execution.twin.core.TwinRules;
import io.quantumtrader.execution.twin.engine.TwinLimits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * How a twin is to be set up so that it stands where the exchange stood when a session began, as
 * far as the session's answers say: contracts, limits, modes, wallets, leverage, positions. Orders
 * that rested before are not set up.
 */
public final class SessionSetup {

  private static final String WALLET_NOT_TOLD = "1000000";
  private static final Set<String> ORDERS =
      Set.of("POST /fapi/v1/order", "POST /fapi/v1/algoOrder");

  private final RecordedSession session;
  private final SessionMarket market;

  /** Creates it. */
  public SessionSetup(RecordedSession session, SessionMarket market) {
    this.session = session;
    this.market = market;
  }

  /**
   * Returns the settings of the twin. It fills at the last price, and looks at its clock only when
   * told to.
   *
   * @param secrets the secret of an account's key, by its name; the key's id is in {@code keys}
   * @param keys the id of an account's key, by its name
   * @param wallMs the twin's clock, epoch milliseconds UTC
   * @throws IllegalArgumentException where the session does not say enough
   */
  public TwinSettings settings(
      UnaryOperator<String> keys, UnaryOperator<String> secrets, LongSupplier wallMs) {
    List<TwinAccount> accounts =
        session.accounts().stream()
            .map(name -> account(name, keys.apply(name), secrets.apply(name)))
            .toList();
    if (accounts.isEmpty()) {
      throw new IllegalArgumentException("the session is empty");
    }
    TwinRules usual = TwinRules.usual();
    TwinRules exact =
        new TwinRules(
            usual.takerFee(),
            usual.makerFee(),
            usual.feesInBnb(),
            usual.bnbPrice(),
            BigDecimal.ZERO,
            usual.fundingRate(),
            usual.fundingIntervalMs(),
            usual.liquidationFee(),
            usual.restingReduceOnlyUsesPosition(),
            usual.restingConditionalUsesPosition());
    return TwinSettings.of(accounts, SessionSymbols.of(session, market))
        .rules(exact)
        .limits(limits())
        .tickMs(0)
        .clock(wallMs)
        .build();
  }

  private TwinAccount account(String name, String key, String secret) {
    JsonNode config = first(name, "GET /fapi/v1/accountConfig");
    JsonNode rights = first(name, "GET /sapi/v1/account/apiRestrictions");
    boolean hedged =
        first(name, "GET /fapi/v1/positionSide/dual").path("dualSidePosition").asBoolean();
    boolean multi =
        first(name, "GET /fapi/v1/multiAssetsMargin").path("multiAssetsMargin").asBoolean();
    boolean withdraws =
        rights.path("enableWithdrawals").asBoolean(config.path("canWithdraw").asBoolean());
    return new TwinAccount(
        name,
        key,
        secret,
        "",
        wallet(name, "USDT").orElse(new BigDecimal(WALLET_NOT_TOLD)).max(BigDecimal.ZERO),
        wallet(name, "BNB").orElse(BigDecimal.ZERO).max(BigDecimal.ZERO),
        hedged || config.path("dualSidePosition").asBoolean(),
        multi || config.path("multiAssetsMargin").asBoolean(),
        withdraws);
  }

  private Optional<BigDecimal> wallet(String account, String asset) {
    for (JsonNode held : first(account, "GET /fapi/v3/account").path("assets")) {
      if (held.path("asset").asText().equals(asset)) {
        return Optional.of(new BigDecimal(held.path("walletBalance").asText("0")));
      }
    }
    for (JsonNode held : first(account, "GET /fapi/v3/balance")) {
      if (held.path("asset").asText().equals(asset)) {
        return Optional.of(new BigDecimal(held.path("balance").asText("0")));
      }
    }
    return Optional.empty();
  }

  private TwinLimits limits() {
    TwinLimits usual = TwinLimits.usual();
    int weight = usual.weightPerMinute();
    int tenSeconds = usual.ordersPer10s();
    int minute = usual.ordersPerMinute();
    for (JsonNode rate : firstOfAll("GET /fapi/v1/exchangeInfo").path("rateLimits")) {
      int limit = rate.path("limit").asInt();
      switch (rate.path("rateLimitType").asText() + " " + rate.path("interval").asText()) {
        case "REQUEST_WEIGHT MINUTE" -> weight = limit;
        case "ORDERS SECOND" -> tenSeconds = limit;
        case "ORDERS MINUTE" -> minute = limit;
        default -> {
          // The twin has no other limits.
        }
      }
    }
    return new TwinLimits(weight, tenSeconds, minute, usual.requestsPastLimit(), usual.banMs());
  }

  /**
   * Gives the accounts of a twin that has just begun leverage, margin types and positions.
   *
   * @return what could not be set up, a line each
   */
  public List<String> apply(TwinCore core, long nowMs) {
    List<String> left = new ArrayList<>();
    for (String account : session.accounts()) {
      configure(core, account, nowMs);
      if (!core.book(account).isDualSide()) {
        open(core, account, nowMs, left);
      } else if (!heldBefore(account).isEmpty()) {
        left.add(account + ": positions of hedge mode are not set up");
      }
    }
    return left;
  }

  private void configure(TwinCore core, String account, long nowMs) {
    Set<String> changed = changed(account);
    for (JsonNode config : first(account, "GET /fapi/v1/symbolConfig")) {
      String symbol = config.path("symbol").asText();
      if (!isListed(core, symbol) || changed.contains(symbol)) {
        continue;
      }
      int most = core.tape(symbol).symbol().maxLeverage();
      int leverage = config.path("leverage").asInt();
      if (leverage >= 1 && leverage <= most) {
        core.settings().leverage(account, symbol, leverage, nowMs);
      }
      if (config.path("marginType").asText().equals("ISOLATED")) {
        core.settings().marginType(account, symbol, true, nowMs);
      }
    }
  }

  /** Returns the symbols whose settings the account changes before it asks for them. */
  private Set<String> changed(String account) {
    Set<String> symbols = new HashSet<>();
    for (Request request : session.requests()) {
      if (!request.account().equals(account)) {
        continue;
      }
      if (request.asked().equals("GET /fapi/v1/symbolConfig") && request.succeeded()) {
        return symbols;
      }
      if (Set.of("/fapi/v1/leverage", "/fapi/v1/marginType").contains(request.path())) {
        symbols.add(request.parameters().getOrDefault("symbol", ""));
      }
    }
    return symbols;
  }

  /** Buys or sells what was held before the first order, and pays back what that cost. */
  private void open(TwinCore core, String account, long nowMs, List<String> left) {
    BigDecimal wallet = core.book(account).wallet();
    for (JsonNode held : heldBefore(account)) {
      String symbol = held.path("symbol").asText();
      BigDecimal amount = new BigDecimal(held.path("positionAmt").asText("0"));
      if (!isListed(core, symbol) || amount.signum() == 0) {
        continue;
      }
      BigDecimal now = core.tape(symbol).last();
      BigDecimal entry = new BigDecimal(held.path("entryPrice").asText("0"));
      core.price(symbol, entry.signum() > 0 ? entry : now, BigDecimal.ZERO, nowMs);
      try {
        Side side = amount.signum() > 0 ? Side.BUY : Side.SELL;
        core.byHand(account, symbol, side, amount.abs(), nowMs);
      } catch (Refused refused) {
        left.add(account + ": no position of " + amount + " in " + symbol + ": " + refused.code());
      }
      core.price(symbol, now, BigDecimal.ZERO, nowMs);
    }
    BigDecimal cost = wallet.subtract(core.book(account).wallet());
    if (cost.signum() != 0) {
      core.transfer(account, cost, nowMs);
    }
  }

  /** Returns what the account held in each symbol when it first asked, before its first order. */
  private Collection<JsonNode> heldBefore(String account) {
    Map<String, JsonNode> held = new LinkedHashMap<>();
    for (Request request : session.requests()) {
      if (!request.account().equals(account)) {
        continue;
      }
      if (ORDERS.contains(request.asked())) {
        break;
      }
      if (request.asked().equals("GET /fapi/v3/positionRisk") && request.succeeded()) {
        request.answer().forEach(each -> held.putIfAbsent(each.path("symbol").asText(), each));
      }
    }
    return held.values();
  }

  private static boolean isListed(TwinCore core, String symbol) {
    return core.tapes().stream().anyMatch(tape -> tape.symbol().symbol().equals(symbol));
  }

  private JsonNode first(String account, String asked) {
    return session.answers(asked).stream()
        .filter(request -> request.account().equals(account))
        .map(Request::answer)
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  private JsonNode firstOfAll(String asked) {
    List<Request> answers = session.answers(asked);
    return answers.isEmpty() ? MissingNode.getInstance() : answers.getFirst().answer();
  }
}
