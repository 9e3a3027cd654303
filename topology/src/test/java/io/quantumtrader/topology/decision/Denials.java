package io.quantumtrader.topology.decision;

import io.quantumtrader.schemas.avro.NumberOf;
import java.util.List;
import java.util.Optional;

/** Reads denials as tests compare them. */
public final class Denials {

  private Denials() {}

  /** Returns the code, or nothing. */
  public static String codeOf(Optional<Finding> denial) {
    return denial.map(no -> no.code().name()).orElse("");
  }

  /** Returns the numbers as name=value. */
  public static List<String> numbersOf(Optional<Finding> denial) {
    return denial.map(no -> text(no.numbers().list())).orElse(List.of());
  }

  /** Returns the numbers as name=value. */
  public static List<String> text(List<NumberOf> numbers) {
    return numbers.stream().map(each -> each.getName() + "=" + each.getValue()).toList();
  }
}
