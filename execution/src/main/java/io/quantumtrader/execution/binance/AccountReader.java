package io.quantumtrader.execution.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.binance.Call;
import io.quantumtrader.binance.Contract;
import io.quantumtrader.binance.RateBudget.Urgency;
import io.quantumtrader.binance.Reply;
import io.quantumtrader.binance.Reply.Success;
import io.quantumtrader.binance.SignedRest;
import io.quantumtrader.execution.binance.ConditionalOrders.Resting;
import io.quantumtrader.execution.decision.Decimals;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.topic.Symbols;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for wallet, positions, leverage and what protects them. */
final class AccountReader {

  private static final Logger LOG = LoggerFactory.getLogger(AccountReader.class);

  /** So many symbols are asked for one by one, which weighs less than all at once. */
  private static final int FEW = 5;

  private static final long LEVERAGES_EACH_MS = 300_000;

  private final SignedRest rest;
  private final Positions positions;
  private final ConditionalOrders conditional;
  private final BinanceSettings settings;
  private final LongSupplier wallMs;
  private final Map<String, Integer> leverages = new HashMap<>();
  private long leveragesDueMs = Long.MIN_VALUE;
  // Until the first answer something may be.
  private boolean someOpen = true;

  AccountReader(
      SignedRest rest,
      Positions positions,
      ConditionalOrders conditional,
      BinanceSettings settings,
      LongSupplier wallMs) {
    this.rest = rest;
    this.positions = positions;
    this.conditional = conditional;
    this.settings = settings;
    this.wallMs = wallMs;
  }

  /** Notes the leverage of a symbol, as it was set or said. */
  void leverage(String symbol, int leverage) {
    leverages.put(symbol, Math.clamp(leverage, 1, Contract.HIGHEST_LEVERAGE));
  }

  /** Returns the leverage of a symbol as last known, 1 where it is not. */
  int leverage(String symbol) {
    return leverages.getOrDefault(symbol, 1);
  }

  /**
   * Returns the account, or empty where the exchange does not answer all of it. Where something was
   * open it is asked as urgently as an exit, since a stop may be missing.
   */
  Optional<ExchangeAccount> read(long nowMs, String lastFillId, long followedFromMs) {
    Urgency urgency = someOpen ? Urgency.EXIT : Urgency.READ;
    Reply account = rest.send(Call.get("/fapi/v3/account", 5).as(urgency));
    if (!(account instanceof Success wallet)) {
      Replies.log(LOG, rest.account(), "the account is not known", account);
      return Optional.empty();
    }
    Optional<List<JsonNode>> open = positions.open(urgency);
    if (open.isEmpty()) {
      return Optional.empty();
    }
    someOpen = !open.get().isEmpty();
    if (!knowsLeverages(open.get())) {
      return Optional.empty();
    }
    Optional<List<Resting>> resting = resting(open.get());
    try {
      return resting.isEmpty()
          ? Optional.empty()
          : Optional.of(
              ExchangeAccount.newBuilder()
                  .setAccount(rest.account())
                  .setAsOfMs(nowMs)
                  .setWallet(wallet(wallet.body()))
                  .setPositions(published(open.get(), resting.get()))
                  .setLastFillId(lastFillId)
                  .setFollowedFromMs(followedFromMs)
                  .build());
    } catch (Json.Unreadable e) {
      LOG.error("{} cannot be read: {}", rest.account(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Returns what rests for positions: asked for all at once only where that weighs less. */
  private Optional<List<Resting>> resting(List<JsonNode> open) {
    if (open.size() > FEW) {
      return conditional.resting();
    }
    List<Resting> found = new ArrayList<>();
    for (JsonNode row : open) {
      Optional<List<Resting>> own = conditional.resting(row.path("symbol").asText(""));
      if (own.isEmpty()) {
        return own;
      }
      found.addAll(own.get());
    }
    return Optional.of(found);
  }

  /**
   * Asks for leverages where that of a position is not known, or might have been changed by hand.
   */
  private boolean knowsLeverages(List<JsonNode> open) {
    boolean known =
        open.stream().allMatch(row -> leverages.containsKey(row.path("symbol").asText("")));
    if (known && wallMs.getAsLong() < leveragesDueMs) {
      return true;
    }
    Reply config = rest.send(Call.get("/fapi/v1/symbolConfig", 5));
    if (!(config instanceof Success symbols)) {
      Replies.log(LOG, rest.account(), "leverages are not known", config);
      return known;
    }
    for (JsonNode symbol : symbols.body()) {
      leverage(symbol.path("symbol").asText(""), symbol.path("leverage").asInt(1));
    }
    leveragesDueMs = wallMs.getAsLong() + LEVERAGES_EACH_MS;
    return true;
  }

  private BigDecimal wallet(JsonNode account) {
    for (JsonNode asset : account.path("assets")) {
      if (asset.path("asset").asText("").equals(settings.quoteAsset())) {
        return Decimals.cash(Json.decimal(asset, "walletBalance"));
      }
    }
    return Decimals.cash(BigDecimal.ZERO);
  }

  private List<ExchangePosition> published(List<JsonNode> open, List<Resting> resting) {
    List<ExchangePosition> published = new ArrayList<>(open.size());
    for (JsonNode row : open) {
      String symbol = Json.text(row, "symbol");
      if (!Symbols.isSymbol(symbol)) {
        LOG.error("{}: a position in what is no symbol here: {}", rest.account(), symbol);
        continue;
      }
      boolean isLong = Json.decimal(row, "positionAmt").signum() > 0;
      List<Resting> own =
          resting.stream()
              .filter(each -> each.symbol().equals(symbol))
              .filter(each -> closes(each, isLong))
              .toList();
      published.add(position(symbol, row, ConditionalOrders.protection(rest.account(), own)));
    }
    published.sort(Comparator.comparing(ExchangePosition::getSymbol));
    return published;
  }

  private static boolean closes(Resting order, boolean isLong) {
    return switch (order.side()) {
      case SELL -> isLong;
      case BUY -> !isLong;
      case UNRECOGNIZED -> false;
    };
  }

  private ExchangePosition position(String symbol, JsonNode row, List<ProtectiveOrder> protection) {
    BigDecimal quantity = Json.decimal(row, "positionAmt");
    Optional<ProtectiveOrder> stop = of(protection, Kind.STOP);
    return new ExchangePosition(
        symbol,
        quantity.signum() > 0 ? PositionSide.LONG : PositionSide.SHORT,
        Decimals.cash(quantity.abs()),
        Decimals.cash(Json.positive(row, "entryPrice")),
        leverage(symbol),
        stop.map(ProtectiveOrder::triggerPrice).map(Decimals::cash).orElse(null),
        of(protection, Kind.TARGET)
            .map(ProtectiveOrder::triggerPrice)
            .map(Decimals::cash)
            .orElse(null),
        stop.map(ProtectiveOrder::trigger).filter(AccountReader::moved).orElse(null),
        above0(row, "markPrice"),
        margin(row),
        above0(row, "liquidationPrice"),
        Json.optional(row, "unRealizedProfit").map(Decimals::cash).orElse(null));
  }

  private static BigDecimal margin(JsonNode row) {
    return Json.optional(row, "positionInitialMargin")
        .or(() -> Json.optional(row, "initialMargin"))
        .filter(margin -> margin.signum() >= 0)
        .map(Decimals::cash)
        .orElse(null);
  }

  private static BigDecimal above0(JsonNode row, String field) {
    return Json.optional(row, field)
        .filter(value -> value.signum() > 0)
        .map(Decimals::cash)
        .orElse(null);
  }

  private static Optional<ProtectiveOrder> of(List<ProtectiveOrder> protection, Kind kind) {
    return protection.stream().filter(order -> order.kind() == kind).findFirst();
  }

  private static boolean moved(ExitTrigger trigger) {
    return trigger != Kind.STOP.first();
  }
}
