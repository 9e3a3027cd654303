package io.quantumtrader.execution.twin.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.quantumtrader.execution.twin.compare.Difference.Kind;
import io.quantumtrader.execution.twin.compare.SessionLine.Request;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares one answer of the exchange with the twin's to the same request. */
public final class AnswerComparison {

  private static final int LONGEST_TEXT = 80;
  private static final Set<String> CLIENT_IDS = Set.of("clientOrderId", "clientAlgoId");
  private static final Set<String> MAY_FILL =
      Set.of("NEW", "PARTIALLY_FILLED", "TRIGGERING", "TRIGGERED");

  /** What elements of lists are told apart by, the first that they have. */
  private static final List<List<String>> NAMES =
      List.of(
          List.of("clientAlgoId"),
          List.of("clientOrderId"),
          List.of("filterType"),
          List.of("rateLimitType", "interval", "intervalNum"),
          List.of("symbol", "positionSide"),
          List.of("symbol"),
          List.of("asset"),
          List.of("bracket"));

  private static final Set<String> NAMED_IN_REPORTS =
      Set.of("filterType", "asset", "rateLimitType");

  private final Request request;
  private final Set<String> placedIds;
  private final ComparedFields fields;
  private final List<Difference> differences = new ArrayList<>();
  private final GivenIds ids = new GivenIds();

  /**
   * What a comparison came to.
   *
   * @param differences in the order of the exchange's answer
   * @param ids what the ids that the exchange gave are at the twin, as far as both answers say
   */
  public record Result(List<Difference> differences, GivenIds ids) {
    /** Holds its own copy. */
    public Result {
      differences = List.copyOf(differences);
    }
  }

  private AnswerComparison(Request request, Set<String> placedIds) {
    this.request = request;
    this.placedIds = placedIds;
    fields = new ComparedFields(request);
  }

  /**
   * Compares.
   *
   * @param request with the exchange's answer
   * @param status the twin's HTTP status
   * @param answer the twin's body
   * @param placedIds ids that clients gave to orders in the session; a twin need not know others
   */
  public static Result of(Request request, int status, JsonNode answer, Set<String> placedIds) {
    AnswerComparison comparison = new AnswerComparison(request, placedIds);
    comparison.answers(status, answer);
    return new Result(comparison.differences, comparison.ids);
  }

  private void answers(int status, JsonNode answer) {
    String recordedCode = request.answer().path("code").asText("");
    String twinCode = answer.path("code").asText("");
    boolean otherStatus = request.status() != status;
    if (otherStatus) {
      add("", Kind.STATUS, outcome(request.status(), request.answer()), outcome(status, answer));
    }
    if (!request.succeeded() && !recordedCode.equals(twinCode)) {
      add("code", Kind.CODE, recordedCode, twinCode);
    }
    // A refusal has no field in common with what was done.
    if (!otherStatus) {
      nodes("", "", request.answer(), answer, false);
    }
  }

  private static String outcome(int status, JsonNode answer) {
    String code = answer.path("code").asText("");
    return code.isEmpty() ? Integer.toString(status) : status + " " + code;
  }

  private void nodes(String path, String name, JsonNode recorded, JsonNode twin, boolean mayFill) {
    if (recorded.getNodeType() != twin.getNodeType()) {
      add(path, Kind.TYPE, typed(recorded), typed(twin));
    } else if (recorded.isObject()) {
      objects(path, recorded, twin);
    } else if (recorded.isArray()) {
      arrays(path, recorded, twin);
    } else if (isCompared(name, mayFill) && !isSame(recorded, twin)) {
      add(path, Kind.VALUE, text(recorded), text(twin));
    }
  }

  private boolean isCompared(String name, boolean mayFill) {
    boolean code = name.equals("code") && !request.succeeded();
    return !code && fields.compares(name, mayFill);
  }

  private void objects(String path, JsonNode recorded, JsonNode twin) {
    boolean mayFill =
        MAY_FILL.contains(recorded.path("status").asText())
            || MAY_FILL.contains(recorded.path("algoStatus").asText());
    for (Map.Entry<String, JsonNode> each : recorded.properties()) {
      String name = each.getKey();
      String at = path.isEmpty() ? name : path + "." + name;
      if (!twin.has(name)) {
        add(at, Kind.MISSING, text(each.getValue()), "");
      } else {
        nodes(at, name, each.getValue(), twin.get(name), mayFill);
        if (fields.countsElements()) {
          ids.learn(name, each.getValue().asText(), twin.get(name).asText());
        }
      }
    }
    for (Map.Entry<String, JsonNode> each : twin.properties()) {
      if (!recorded.has(each.getKey())) {
        String at = path.isEmpty() ? each.getKey() : path + "." + each.getKey();
        add(at, Kind.ADDITIONAL, "", text(each.getValue()));
      }
    }
  }

  private void arrays(String path, JsonNode recorded, JsonNode twin) {
    if (!fields.countsElements() || !isNamed(recorded) || !isNamed(twin)) {
      inOrder(path, recorded, twin);
      return;
    }
    Map<String, JsonNode> theirs = byName(recorded);
    Map<String, JsonNode> ours = byName(twin);
    for (Map.Entry<String, JsonNode> each : theirs.entrySet()) {
      String at = path + "[" + label(each.getValue()) + "]";
      JsonNode match = ours.get(each.getKey());
      if (match != null) {
        nodes(at, "", each.getValue(), match, false);
      } else if (isOfSession(each.getValue())) {
        add(at, Kind.MISSING, text(each.getValue()), "");
      }
    }
    for (Map.Entry<String, JsonNode> each : ours.entrySet()) {
      if (!theirs.containsKey(each.getKey())) {
        String at = path + "[" + label(each.getValue()) + "]";
        add(at, Kind.ADDITIONAL, "", text(each.getValue()));
      }
    }
  }

  /** Compares element by element; where lists are counted, also how many there are. */
  private void inOrder(String path, JsonNode recorded, JsonNode twin) {
    int both = Math.min(recorded.size(), twin.size());
    for (int i = 0; i < both; i++) {
      nodes(path + "[]", "", recorded.get(i), twin.get(i), false);
    }
    if (!fields.countsElements()) {
      return;
    }
    for (int i = both; i < recorded.size(); i++) {
      add(path + "[]", Kind.MISSING, text(recorded.get(i)), "");
    }
    for (int i = both; i < twin.size(); i++) {
      add(path + "[]", Kind.ADDITIONAL, "", text(twin.get(i)));
    }
  }

  private static boolean isNamed(JsonNode array) {
    for (JsonNode element : array) {
      if (name(element).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, JsonNode> byName(JsonNode array) {
    Map<String, JsonNode> named = new LinkedHashMap<>();
    for (JsonNode element : array) {
      String name = name(element).orElse("");
      String unique = name;
      for (int i = 2; named.containsKey(unique); i++) {
        unique = name + "#" + i;
      }
      named.put(unique, element);
    }
    return named;
  }

  private static Optional<String> name(JsonNode element) {
    if (element.isTextual()) {
      return Optional.of(element.asText());
    }
    for (List<String> parts : NAMES) {
      if (parts.stream().allMatch(element::has)) {
        return Optional.of(
            String.join(" ", parts.stream().map(part -> element.path(part).asText()).toList()));
      }
    }
    return Optional.empty();
  }

  private static String label(JsonNode element) {
    if (element.isTextual()) {
      return element.asText();
    }
    return NAMED_IN_REPORTS.stream()
        .filter(element::has)
        .map(name -> element.path(name).asText())
        .findFirst()
        .orElse("");
  }

  /** An order from before the session is nothing that a twin could know. */
  private boolean isOfSession(JsonNode element) {
    return CLIENT_IDS.stream()
        .filter(element::has)
        .allMatch(name -> placedIds.contains(element.path(name).asText()));
  }

  private void add(String field, Kind kind, String recorded, String twin) {
    differences.add(new Difference(request.number(), request.asked(), field, kind, recorded, twin));
  }

  private static boolean isSame(JsonNode recorded, JsonNode twin) {
    Optional<BigDecimal> theirs = decimal(recorded);
    Optional<BigDecimal> ours = decimal(twin);
    if (theirs.isPresent() && ours.isPresent()) {
      return theirs.get().compareTo(ours.get()) == 0;
    }
    return recorded.asText().equals(twin.asText());
  }

  private static Optional<BigDecimal> decimal(JsonNode node) {
    try {
      return Optional.of(new BigDecimal(node.asText()));
    } catch (NumberFormatException text) {
      return Optional.empty();
    }
  }

  private static String typed(JsonNode node) {
    String type =
        switch (node.getNodeType()) {
          case NUMBER -> "number";
          case STRING -> "text";
          case BOOLEAN -> "boolean";
          case ARRAY -> "list";
          case OBJECT, POJO -> "object";
          case NULL, MISSING -> "nothing";
          case BINARY -> "binary";
        };
    return node.getNodeType() == JsonNodeType.NULL ? type : type + " " + text(node);
  }

  private static String text(JsonNode node) {
    String text = node.isTextual() ? node.asText() : node.toString();
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
  }
}
