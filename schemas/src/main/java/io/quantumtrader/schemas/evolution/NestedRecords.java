package io.quantumtrader.schemas.evolution;

import java.util.Map;
import org.apache.avro.Schema;

/** The records inside of a schema, itself among them if it is one. */
public final class NestedRecords {

  private NestedRecords() {}

  /**
   * Adds every record inside of a schema by its full name; those that are there already stay.
   *
   * @param records is added to
   */
  public static void collect(Schema schema, Map<String, Schema> records) {
    switch (schema.getType()) {
      case RECORD -> {
        if (records.putIfAbsent(schema.getFullName(), schema) == null) {
          schema.getFields().forEach(field -> collect(field.schema(), records));
        }
      }
      case UNION -> schema.getTypes().forEach(branch -> collect(branch, records));
      case ARRAY -> collect(schema.getElementType(), records);
      case MAP -> collect(schema.getValueType(), records);
      default -> {}
    }
  }
}
