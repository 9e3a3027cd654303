package io.quantumtrader.compose.containers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what an expression of Prometheus' language asks for: the metrics, the labels that are
 * matched, and the labels that are grouped by. It knows the language's words and brackets, and
 * nothing of what they compute.
 */
public final class PromQl {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|\"(?:[^\"\\\\]|\\\\.)*\"|\\[[^\\]]*\\]|[0-9][0-9.a-z]*"
              + "|[a-zA-Z_:][a-zA-Z0-9_:]*|[<>=!~]=?~?|.");
  private static final Set<String> AGGREGATIONS =
      Set.of("sum", "min", "max", "avg", "count", "topk", "bottomk", "group", "quantile");
  private static final Set<String> GROUPINGS = Set.of("by", "on");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool");

  private final List<String> tokens = new ArrayList<>();
  private int at;

  /**
   * A metric that is asked for.
   *
   * @param name of the metric
   * @param equal labels that must have a value
   * @param labels labels that must be there
   */
  public record Selector(String name, Map<String, String> equal, Set<String> labels) {}

  private PromQl(String expression) {
    Matcher matcher = TOKEN.matcher(expression);
    while (matcher.find()) {
      if (!matcher.group().isBlank()) {
        tokens.add(matcher.group());
      }
    }
  }

  /**
   * Returns what an expression asks for, in its order.
   *
   * @throws IllegalArgumentException if its brackets or selectors make no sense
   */
  public static List<Selector> selectors(String expression) {
    PromQl parser = new PromQl(expression);
    List<Selector> found = new ArrayList<>();
    parser.expression(Set.of(), found);
    if (parser.at < parser.tokens.size()) {
      throw new IllegalArgumentException("unexpected " + parser.peek() + " in " + expression);
    }
    return found;
  }

  /** Reads until a bracket closes that was opened outside, or the end. */
  private void expression(Set<String> grouped, List<Selector> found) {
    while (at < tokens.size() && !peek().equals(")")) {
      String token = next();
      if (token.equals("(")) {
        expression(grouped, found);
        expect(")");
      } else if (isName(token) && !WORDS.contains(token)) {
        name(token, grouped, found);
      }
    }
  }

  private void name(String name, Set<String> grouped, List<Selector> found) {
    if (AGGREGATIONS.contains(name)) {
      Set<String> inner = new LinkedHashSet<>(grouped);
      if (GROUPINGS.contains(peek())) {
        at++;
        inner.addAll(labels());
      }
      expect("(");
      expression(inner, found);
      expect(")");
    } else if (peek().equals("(")) {
      at++;
      expression(grouped, found);
      expect(")");
    } else {
      found.add(selector(name, grouped));
    }
  }

  private Selector selector(String name, Set<String> grouped) {
    Map<String, String> equal = new HashMap<>();
    Set<String> labels = new HashSet<>(grouped);
    if (peek().equals("{")) {
      at++;
      while (!peek().equals("}")) {
        String label = next();
        String operator = next();
        String value = next();
        if (!isName(label) || !value.startsWith("\"")) {
          throw new IllegalArgumentException(name + " has a matcher " + label + operator + value);
        }
        labels.add(label);
        if (operator.equals("=")) {
          equal.put(label, value.substring(1, value.length() - 1));
        }
        if (peek().equals(",")) {
          at++;
        }
      }
      at++;
    }
    return new Selector(name, equal, labels);
  }

  private Set<String> labels() {
    Set<String> labels = new LinkedHashSet<>();
    expect("(");
    while (!peek().equals(")")) {
      String token = next();
      if (isName(token)) {
        labels.add(token);
      }
    }
    expect(")");
    return labels;
  }

  private static boolean isName(String token) {
    return Character.isLetter(token.charAt(0)) || token.startsWith("_");
  }

  private String peek() {
    return at < tokens.size() ? tokens.get(at) : "";
  }

  private String next() {
    if (at == tokens.size()) {
      throw new IllegalArgumentException("it ends too early: " + tokens);
    }
    return tokens.get(at++);
  }

  private void expect(String token) {
    if (!peek().equals(token)) {
      throw new IllegalArgumentException("no " + token + " before " + peek() + ": " + tokens);
    }
    at++;
  }
}
