package io.quantumtrader.schemas.serde;

import io.quantumtrader.schemas.evolution.LogicalTypeRule;
import io.quantumtrader.schemas.registry.RegisteredSchema;
import io.quantumtrader.schemas.registry.RegistryException;
import io.quantumtrader.schemas.registry.SchemaNotFoundException;
import io.quantumtrader.schemas.registry.SchemaRegistry;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.common.errors.SerializationException;

/** Finds the id that a serializer writes before a record. */
final class WriterIds {

  /** Where the id comes from. */
  enum Source {
    /** The schema is registered if the subject does not have it. */
    REGISTER,
    /** The newest version of the subject, which must encode in the same way. */
    LATEST,
    /** The schema must be in the subject already. */
    LOOK_UP
  }

  private final SchemaRegistry registry;
  private final Source source;
  private final SubjectNames subjects;

  WriterIds(SchemaRegistry registry, Source source, SubjectNames subjects) {
    this.subjects = subjects;
    this.registry = registry;
    this.source = source;
  }

  /** Returns the id for values of this generated schema in this topic. */
  int idOf(String topic, Schema generated) {
    String subject = subjects.of(topic, generated);
    Schema schema = ContractSchema.of(generated);
    try {
      return switch (source) {
        case REGISTER -> registry.register(subject, schema);
        case LATEST -> latest(topic, subject, schema);
        case LOOK_UP -> registry.idOf(subject, schema);
      };
    } catch (SchemaNotFoundException unregistered) {
      throw unregistered.during(
          "writing a value of topic "
              + topic
              + ": subject "
              + subject
              + " does not have the schema of "
              + schema.getFullName()
              + " in this build; run the registration step (or, outside of production, set "
              + SerdeConfig.AUTO_REGISTER
              + "=true)");
    } catch (RegistryException refused) {
      throw refused.during("writing a value of topic " + topic);
    }
  }

  private int latest(String topic, String subject, Schema schema) {
    RegisteredSchema latest = registry.latest(subject);
    if (encodesAs(latest.schema(), schema)) {
      return latest.id();
    }
    throw new SerializationException(
        "writing a value of topic "
            + topic
            + ": version "
            + latest.version()
            + " (id "
            + latest.id()
            + ") of subject "
            + subject
            + " encodes differently from the schema of "
            + schema.getFullName()
            + " in this build; unset "
            + SerdeConfig.USE_LATEST);
  }

  /** Documentation, defaults and the like may differ; what the bytes mean may not. */
  private static boolean encodesAs(Schema one, Schema other) {
    return SchemaNormalization.toParsingForm(one).equals(SchemaNormalization.toParsingForm(other))
        && LogicalTypeRule.differences(one, other).isEmpty();
  }
}
