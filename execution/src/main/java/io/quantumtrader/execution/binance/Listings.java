package io.quantumtrader.execution.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.binance.Call;
import io.quantumtrader.binance.Call.Proof;
import io.quantumtrader.binance.Contract;
import io.quantumtrader.binance.MarketDataException;
import io.quantumtrader.binance.Reply;
import io.quantumtrader.binance.Reply.Success;
import io.quantumtrader.binance.SignedRest;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.LeverageBracket;
import io.quantumtrader.schemas.topic.Symbols;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the exchange accepts in each symbol of one quote currency, with the leverage brackets of an
 * account. It is asked for anew once it is old; where there is no answer the old stays.
 */
final class Listings {

  private static final Logger LOG = LoggerFactory.getLogger(Listings.class);

  private static final long AGAIN_AFTER_MS = 60_000;
  private static final long FIRST_AGAIN_AFTER_MS = 5_000;

  private final SignedRest rest;
  private final BinanceSettings settings;
  private final LongSupplier wallMs;
  private final Map<String, Instrument> instruments = new TreeMap<>();
  private Set<String> names = Set.of();
  private long dueMs = Long.MIN_VALUE;

  Listings(SignedRest rest, BinanceSettings settings, LongSupplier wallMs) {
    this.rest = rest;
    this.settings = settings;
    this.wallMs = wallMs;
  }

  /** Returns all, ascending by symbol. */
  List<Instrument> all(long nowMs) {
    refresh(nowMs);
    return List.copyOf(instruments.values());
  }

  Optional<Instrument> of(String symbol) {
    refresh(wallMs.getAsLong());
    return Optional.ofNullable(instruments.get(symbol));
  }

  /**
   * Returns whether the exchange lists a symbol, in whatever it is quoted and whether or not it
   * trades; empty where no listing could be read yet.
   */
  Optional<Boolean> lists(String symbol) {
    refresh(wallMs.getAsLong());
    return names.isEmpty() ? Optional.empty() : Optional.of(names.contains(symbol));
  }

  /** Returns what a symbol's prices are in. */
  String quoteAsset(String symbol) {
    boolean other = !instruments.containsKey(symbol) && symbol.endsWith("USDC");
    return other ? "USDC" : settings.quoteAsset();
  }

  /** Gives back what was published before; what the exchange says goes before it. */
  void restore(Instrument instrument) {
    instruments.putIfAbsent(instrument.getSymbol(), instrument);
  }

  private void refresh(long nowMs) {
    if (wallMs.getAsLong() < dueMs) {
      return;
    }
    Reply info = rest.send(Call.get("/fapi/v1/exchangeInfo", 1).by(Proof.NONE));
    Reply brackets =
        info instanceof Success ? rest.send(Call.get("/fapi/v1/leverageBracket", 1)) : info;
    dueMs = wallMs.getAsLong() + (instruments.isEmpty() ? FIRST_AGAIN_AFTER_MS : AGAIN_AFTER_MS);
    if (!(info instanceof Success listed) || !(brackets instanceof Success levels)) {
      Reply silent = info instanceof Success ? brackets : info;
      Replies.log(LOG, rest.account(), "instruments stay as they were", silent);
      return;
    }
    Map<String, List<LeverageBracket>> bySymbol = brackets(levels.body());
    Set<String> listedNow = new HashSet<>();
    listed.body().path("symbols").forEach(each -> listedNow.add(each.path("symbol").asText("")));
    names = Set.copyOf(listedNow);
    for (JsonNode symbol : listed.body().path("symbols")) {
      take(symbol, bySymbol, nowMs);
    }
    dueMs = wallMs.getAsLong() + settings.instrumentsEvery().toMillis();
  }

  private void take(JsonNode symbol, Map<String, List<LeverageBracket>> brackets, long nowMs) {
    String name = symbol.path("symbol").asText("");
    if (!Symbols.isSymbol(name)
        || !symbol.path("quoteAsset").asText("").equals(settings.quoteAsset())) {
      return;
    }
    try {
      Instrument instrument = Contract.of(name, symbol).instrument(nowMs);
      List<LeverageBracket> own = brackets.getOrDefault(name, List.of());
      int highest =
          own.stream()
              .mapToInt(LeverageBracket::getMaxLeverage)
              .max()
              .orElse(instrument.getMaxLeverage());
      instruments.put(
          name, Instrument.newBuilder(instrument).setMaxLeverage(highest).setBrackets(own).build());
    } catch (MarketDataException e) {
      LOG.warn("{} stays as it was, its listing cannot be read: {}", name, e.getMessage());
    }
  }

  private static Map<String, List<LeverageBracket>> brackets(JsonNode levels) {
    Map<String, List<LeverageBracket>> found = new HashMap<>();
    for (JsonNode each : levels) {
      List<LeverageBracket> own = new ArrayList<>();
      try {
        for (JsonNode bracket : each.path("brackets")) {
          own.add(bracket(bracket));
        }
      } catch (Json.Unreadable e) {
        LOG.warn("brackets of {} cannot be read: {}", each.path("symbol"), e.getMessage());
        continue;
      }
      own.sort((a, b) -> a.getNotionalFloor().compareTo(b.getNotionalFloor()));
      found.put(each.path("symbol").asText(""), own);
    }
    return found;
  }

  private static LeverageBracket bracket(JsonNode of) {
    BigDecimal amount = Json.optional(of, "cum").orElse(BigDecimal.ZERO);
    return new LeverageBracket(
        Json.decimal(of, "notionalFloor"),
        Json.positive(of, "notionalCap"),
        Math.clamp(Json.number(of, "initialLeverage"), 1, Contract.HIGHEST_LEVERAGE),
        Json.decimal(of, "maintMarginRatio"),
        amount);
  }
}
