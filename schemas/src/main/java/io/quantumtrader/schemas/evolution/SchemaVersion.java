package io.quantumtrader.schemas.evolution;

import org.apache.avro.Schema;

/**
 * A version of a schema.
 *
 * @param name how people call it: {@code v1}, or {@code current} for one that is not frozen
 * @param schema the schema
 */
public record SchemaVersion(String name, Schema schema) {}
