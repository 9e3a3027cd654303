package io.quantumtrader.connectors.avro;

import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import io.quantumtrader.schemas.serde.GenericAvroDeserializer;
import io.quantumtrader.schemas.serde.SerdeConfig;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.storage.Converter;

/**
 * Reads Avro values in the registry's wire format for sinks: {@code
 * value.converter.schema.registry.url} names the registry. Connect takes an unreachable registry
 * for a passing failure and asks again for as long as {@code errors.retry.timeout} says; set it to
 * -1, or records end in the dead-letter topic while the registry is away.
 */
public final class AvroConverter implements Converter {

  private final AvroToConnect translation = new AvroToConnect();
  private final GenericAvroDeserializer deserializer = new GenericAvroDeserializer();

  @Override
  public ConfigDef config() {
    return SerdeConfig.definition();
  }

  @Override
  public void configure(Map<String, ?> configuration, boolean isKey) {
    deserializer.configure(configuration, isKey);
  }

  /**
   * Reads a value; null, the tombstone, stays null.
   *
   * @throws DataException if the bytes are not in the registry's wire format, the registry does not
   *     know their schema, or the schema has no Connect form
   * @throws RetriableException if the registry cannot be reached
   */
  @Override
  public SchemaAndValue toConnectData(String topic, byte[] value) {
    if (value == null) {
      return SchemaAndValue.NULL;
    }
    try {
      GenericRecord record = deserializer.deserialize(topic, value);
      return translation.toConnect(record);
    } catch (RegistryUnavailableException unreachable) {
      throw new RetriableException(unreachable.getMessage(), unreachable);
    } catch (SerializationException unreadable) {
      throw new DataException(unreadable.getMessage(), unreadable);
    }
  }

  /**
   * Refuses.
   *
   * @throws DataException always
   */
  @Override
  public byte[] fromConnectData(String topic, Schema schema, Object value) {
    throw new DataException("this converter is for sinks only: it does not write Avro");
  }

  @Override
  public void close() {
    deserializer.close();
  }
}
