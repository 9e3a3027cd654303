package io.quantumtrader.execution.twin.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which id of the twin stands for which that the exchange gave, so that a request for an order asks
 * the twin for its own. Not thread-safe.
 */
public final class GivenIds {

  /** What a field of an answer identifies. */
  private static final Map<String, String> FIELDS =
      Map.of(
          "orderId", "order",
          "actualOrderId", "order",
          "algoId", "algo",
          "clientOrderId", "client",
          "clientAlgoId", "client");

  /** What a parameter of a request identifies. */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "orderId", "order",
          "algoId", "algo",
          "origClientOrderId", "client",
          "clientAlgoId", "client");

  private final Map<String, String> twins = new HashMap<>();

  /** Creates it; nothing is known. */
  public GivenIds() {}

  /** Takes over what a field is in both answers; other fields than ids are passed over. */
  void learn(String field, String recorded, String twin) {
    String of = FIELDS.get(field);
    if (of != null && !recorded.isEmpty() && !twin.isEmpty()) {
      twins.put(of + " " + recorded, twin);
    }
  }

  /** Takes over all that others know. */
  public void learn(GivenIds others) {
    twins.putAll(others.twins);
  }

  /**
   * Returns the query of a request with the twin's ids; what is not known stays.
   *
   * @param request as recorded
   * @return encoded, without signature
   */
  public String translate(SessionLine.Request request) {
    Map<String, String> parameters = request.parameters();
    boolean known =
        parameters.entrySet().stream()
            .anyMatch(each -> !twin(each.getKey(), each.getValue()).equals(each.getValue()));
    if (!known || request.method().equals("POST")) {
      // As it was sent, to the letter: also what does not parse.
      return request.query();
    }
    return parameters.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(twin(e.getKey(), e.getValue()), UTF_8))
        .collect(Collectors.joining("&"));
  }

  private String twin(String parameter, String value) {
    String of = PARAMETERS.get(parameter);
    return of == null ? value : twins.getOrDefault(of + " " + value, value);
  }
}
