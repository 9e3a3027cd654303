package io.quantumtrader.execution.paper;

import io.quantumtrader.execution.exchange.MarketOrder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Orders that the paper exchange is to refuse or to fill in part, on demand. The first rule that
 * fits an order holds.
 *
 * @param rules in order
 */
public record FaultRules(List<Rule> rules) {

  /** Every order is taken and filled. */
  public static final FaultRules NONE = new FaultRules(List.of());

  private static final Pattern REJECT = Pattern.compile("reject=([^:]+)");
  private static final Pattern PARTIAL = Pattern.compile("partial=([^:]+):([0-9.]+)");

  /** What goes wrong with an order. */
  public sealed interface Fault {

    /** The exchange refuses it. */
    record Reject() implements Fault {}

    /**
     * A part is filled and the rest expires.
     *
     * @param ratio share of the quantity that is filled, 0 to 1; rounded down to the step
     */
    record Partial(BigDecimal ratio) implements Fault {
      public Partial {
        if (ratio.signum() < 0 || ratio.compareTo(BigDecimal.ONE) > 0) {
          throw new IllegalArgumentException("the ratio must lie within 0 and 1: " + ratio);
        }
      }
    }
  }

  /**
   * One rule.
   *
   * @param fits which orders it is for
   * @param fault what goes wrong with them
   */
  public record Rule(Predicate<MarketOrder> fits, Fault fault) {}

  public FaultRules {
    rules = List.copyOf(rules);
  }

  /**
   * Reads rules from text, separated by commas: {@code reject=SYMBOL}, {@code partial=SYMBOL:0.5}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static FaultRules parse(String text) {
    FaultRules rules = NONE;
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        rules = rules.and(one(part.strip()));
      }
    }
    return rules;
  }

  private static Rule one(String text) {
    Matcher reject = REJECT.matcher(text);
    if (reject.matches()) {
      return new Rule(inSymbol(reject.group(1)), new Fault.Reject());
    }
    Matcher partial = PARTIAL.matcher(text);
    if (partial.matches()) {
      BigDecimal ratio = new BigDecimal(partial.group(2));
      return new Rule(inSymbol(partial.group(1)), new Fault.Partial(ratio));
    }
    throw new IllegalArgumentException(
        "expected reject=SYMBOL or partial=SYMBOL:RATIO, found: " + text);
  }

  private static Predicate<MarketOrder> inSymbol(String symbol) {
    return order -> order.symbol().equals(symbol);
  }

  /** Returns these rules and then one more. */
  public FaultRules and(Rule rule) {
    List<Rule> more = new ArrayList<>(rules);
    more.add(rule);
    return new FaultRules(more);
  }

  /** Returns what goes wrong with an order, or empty. */
  Optional<Fault> of(MarketOrder order) {
    return rules.stream().filter(rule -> rule.fits().test(order)).map(Rule::fault).findFirst();
  }
}
