package io.quantumtrader.console.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Something that can be asked for.
 *
 * @param path where, below the address of the server
 * @param summary what it is, one sentence
 * @param parameters what the query may have
 * @param row type of what is answered, or of each row of it
 * @param isList whether it is answered with a list of rows, which may be had as CSV too
 * @param answer makes the answer
 */
record Route(
    String path,
    String summary,
    List<Parameter> parameters,
    Class<? extends Record> row,
    boolean isList,
    Function<Query, Object> answer) {

  Route {
    parameters = List.copyOf(parameters);
  }

  static Route one(
      String path,
      String summary,
      Class<? extends Record> row,
      Function<Query, Object> answer,
      Parameter... parameters) {
    return new Route(path, summary, List.of(parameters), row, false, answer);
  }

  static Route list(
      String path,
      String summary,
      Class<? extends Record> row,
      Function<Query, Object> answer,
      Parameter... parameters) {
    List<Parameter> all = new ArrayList<>(List.of(parameters));
    all.add(Parameter.FORMAT);
    return new Route(path, summary, all, row, true, answer);
  }

  /** Returns the names of the parameters. */
  Set<String> known() {
    Set<String> names = new LinkedHashSet<>();
    parameters.forEach(each -> names.add(each.label()));
    return names;
  }
}
