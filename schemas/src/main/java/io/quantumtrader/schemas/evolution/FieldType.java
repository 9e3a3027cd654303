package io.quantumtrader.schemas.evolution;

import org.apache.avro.Schema;

/**
 * A type at its place: what stands on the field that it belongs to counts for it, too.
 *
 * @param schema the type, or a branch of the field's union
 * @param beside logical type declared on the field; {@link DeclaredLogicalType#NONE} without
 */
record FieldType(Schema schema, String beside) {

  static FieldType of(Schema schema) {
    return new FieldType(schema, DeclaredLogicalType.NONE);
  }

  static FieldType of(Schema.Field field) {
    return new FieldType(field.schema(), DeclaredLogicalType.beside(field));
  }

  /** Returns a branch of this type's union, at the same place. */
  FieldType branch(Schema branch) {
    return new FieldType(branch, beside);
  }

  /** Returns the declared logical type, for people; the type's own goes before the field's. */
  String logicalType() {
    String own = DeclaredLogicalType.of(schema);
    String declared = own.isEmpty() && schema.getType() != Schema.Type.NULL ? beside : own;
    return declared.isEmpty() ? LogicalTypeRule.NO_LOGICAL_TYPE : declared;
  }
}
