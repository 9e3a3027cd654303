package io.quantumtrader.connectors.legacy;

import java.util.List;
import java.util.Optional;

/**
 * A captured write and what became of it.
 *
 * @param service name of the file
 * @param line name of the case
 * @param captured command and arguments
 * @param comparison with the write that the mapping makes; empty where it makes none
 */
record GoldenWrite(
    String service, String line, List<String> captured, Optional<GoldenComparison> comparison) {

  String command() {
    return captured.get(0);
  }

  String key() {
    return captured.get(1);
  }

  boolean isOf(String services, String keys, String cases) {
    return service.matches(services) && key().matches(keys) && line.matches(cases);
  }

  @Override
  public String toString() {
    return service + " " + line + ": " + command() + " " + key();
  }
}
