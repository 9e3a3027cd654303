package io.quantumtrader.schemas.registry;

import org.apache.avro.Schema;

/**
 * A version of a subject.
 *
 * @param subject its subject
 * @param version counts up within the subject, 1 or more
 * @param id identifies the schema in the whole registry, 1 or more; ids need not be dense
 * @param schema the schema
 */
public record RegisteredSchema(String subject, int version, int id, Schema schema) {}
