package io.quantumtrader.execution.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.binance.Call;
import io.quantumtrader.binance.RateBudget.Urgency;
import io.quantumtrader.binance.Reply;
import io.quantumtrader.binance.Reply.Success;
import io.quantumtrader.binance.SignedRest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for positions. Empty means: the exchange did not answer, or not in one-way mode. */
final class Positions {

  private static final Logger LOG = LoggerFactory.getLogger(Positions.class);

  private final SignedRest rest;

  Positions(SignedRest rest) {
    this.rest = rest;
  }

  /** Returns what is open in a symbol, base units, signed: negative is short, 0 is flat. */
  Optional<BigDecimal> quantity(String symbol) {
    Call call = Call.get("/fapi/v3/positionRisk", 5).with("symbol", symbol).as(Urgency.EXIT);
    return open(call)
        .map(
            rows ->
                rows.stream()
                    .filter(row -> row.path("symbol").asText("").equals(symbol))
                    .map(row -> Json.decimal(row, "positionAmt"))
                    .findFirst()
                    .orElse(BigDecimal.ZERO));
  }

  /** Returns the rows of the positions that are open. */
  Optional<List<JsonNode>> open(Urgency urgency) {
    return open(Call.get("/fapi/v3/positionRisk", 5).as(urgency));
  }

  private Optional<List<JsonNode>> open(Call call) {
    Reply reply = rest.send(call);
    if (!(reply instanceof Success success)) {
      Replies.log(LOG, rest.account(), "no positions", reply);
      return Optional.empty();
    }
    List<JsonNode> open = new ArrayList<>();
    for (JsonNode row : success.body()) {
      BigDecimal quantity = Json.optional(row, "positionAmt").orElse(BigDecimal.ZERO);
      if (quantity.signum() == 0) {
        continue;
      }
      if (!row.path("positionSide").asText("BOTH").equals("BOTH")) {
        LOG.error("{} is in hedge mode, in which it cannot be traded here", rest.account());
        return Optional.empty();
      }
      open.add(row);
    }
    return Optional.of(open);
  }
}
