package io.quantumtrader.connectors.avro;

import java.util.function.UnaryOperator;
import org.apache.kafka.connect.data.Schema;

/**
 * How values of one Avro schema become values of a Connect schema.
 *
 * @param schema the Connect schema
 * @param convert from the Avro value, which is not null
 */
record Translation(Schema schema, UnaryOperator<Object> convert) {

  /** Converts a value; null stays null. */
  Object apply(Object value) {
    return value == null ? null : convert.apply(value);
  }
}
