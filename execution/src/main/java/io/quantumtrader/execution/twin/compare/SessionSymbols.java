package io.quantumtrader.execution.twin.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.quantumtrader.execution.twin.compare.SessionLine.Request;
import io.quantumtrader.execution.twin.core.Bracket;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The contracts that an exchange lists, out of its answers in a session. */
final class SessionSymbols {

  private static final String USUAL_STEP = "0.001";
  private static final String USUAL_TICK = "0.01";
  private static final String USUAL_NOTIONAL = "5";

  private final SessionMarket market;
  private final Map<String, List<Bracket>> brackets = new HashMap<>();

  private SessionSymbols(SessionMarket market) {
    this.market = market;
  }

  /**
   * Returns the contracts of the first listing; without one those that requests name, with usual
   * filters.
   *
   * @throws IllegalArgumentException where the session names none
   */
  static List<TwinSymbol> of(RecordedSession session, SessionMarket market) {
    SessionSymbols symbols = new SessionSymbols(market);
    session.answers("GET /fapi/v1/leverageBracket").forEach(each -> symbols.read(each.answer()));
    List<TwinSymbol> found = new ArrayList<>();
    List<Request> listings = session.answers("GET /fapi/v1/exchangeInfo");
    if (!listings.isEmpty()) {
      listings.getFirst().answer().path("symbols").forEach(s -> found.add(symbols.listed(s)));
    } else {
      session.requests().stream()
          .map(request -> request.parameters().getOrDefault("symbol", ""))
          .filter(symbol -> !symbol.isEmpty())
          .distinct()
          .forEach(symbol -> found.add(symbols.usual(symbol)));
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "the session has no answer of /fapi/v1/exchangeInfo, and no request names a symbol");
    }
    return found;
  }

  private void read(JsonNode answer) {
    Iterable<JsonNode> all = answer.isArray() ? answer : List.of(answer);
    for (JsonNode symbol : all) {
      List<Bracket> steps = new ArrayList<>();
      for (JsonNode step : symbol.path("brackets")) {
        steps.add(
            new Bracket(
                step.path("bracket").asInt(),
                step.path("initialLeverage").asInt(),
                decimal(step.path("notionalFloor"), "0"),
                decimal(step.path("notionalCap"), "0"),
                decimal(step.path("maintMarginRatio"), "0"),
                decimal(step.path("cum"), "0")));
      }
      if (!steps.isEmpty()) {
        brackets.putIfAbsent(symbol.path("symbol").asText(), List.copyOf(steps));
      }
    }
  }

  private TwinSymbol usual(String symbol) {
    String price = market.first(symbol).orElse(BigDecimal.ONE).toPlainString();
    return TwinSymbol.perpetual(symbol, price, USUAL_TICK, USUAL_STEP, USUAL_NOTIONAL);
  }

  private TwinSymbol listed(JsonNode listed) {
    String symbol = listed.path("symbol").asText();
    JsonNode price = filter(listed, "PRICE_FILTER");
    JsonNode lot = filter(listed, "LOT_SIZE");
    JsonNode percent = filter(listed, "PERCENT_PRICE");
    TwinSymbol usual = usual(symbol);
    return new TwinSymbol(
        symbol,
        listed.path("status").asText("TRADING"),
        listed.path("contractType").asText("PERPETUAL"),
        listed.path("baseAsset").asText(usual.baseAsset()),
        listed.path("quoteAsset").asText(usual.quoteAsset()),
        positive(price.path("tickSize"), USUAL_TICK),
        positive(lot.path("stepSize"), USUAL_STEP),
        decimal(lot.path("minQty"), USUAL_STEP),
        decimal(lot.path("maxQty"), usual.maxQuantity().toPlainString()),
        decimal(
            filter(listed, "MARKET_LOT_SIZE").path("maxQty"),
            usual.maxMarketQuantity().toPlainString()),
        decimal(filter(listed, "MIN_NOTIONAL").path("notional"), USUAL_NOTIONAL),
        decimal(percent.path("multiplierUp"), "1.05"),
        decimal(percent.path("multiplierDown"), "0.95"),
        usual.startPrice(),
        brackets.getOrDefault(symbol, usual.brackets()));
  }

  private static JsonNode filter(JsonNode listed, String type) {
    for (JsonNode filter : listed.path("filters")) {
      if (filter.path("filterType").asText().equals(type)) {
        return filter;
      }
    }
    return MissingNode.getInstance();
  }

  /** A contract that has ended may have steps of 0. */
  private static BigDecimal positive(JsonNode node, String otherwise) {
    BigDecimal value = decimal(node, otherwise);
    return value.signum() > 0 ? value : new BigDecimal(otherwise);
  }

  private static BigDecimal decimal(JsonNode node, String otherwise) {
    try {
      return new BigDecimal(node.asText());
    } catch (NumberFormatException none) {
      return new BigDecimal(otherwise);
    }
  }
}
