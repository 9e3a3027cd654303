package io.quantumtrader.connectors.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.connectors.legacy.LegacyRecords;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.serde.RecordSerdes;
import java.math.BigDecimal;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AvroConverterTest {

  private static final String TOPIC = "quantum.position.ledger";
  private static final Map<String, String> REGISTRY =
      Map.of("schema.registry.url", "mock://avro-converter");

  private final AvroConverter converter = new AvroConverter();

  @BeforeEach
  void configure() {
    converter.configure(REGISTRY, false);
  }

  @AfterEach
  void close() {
    converter.close();
  }

  @Test
  void shouldReadTheRegistrysWireFormat() {
    // given
    PositionLedger ledger = LegacyRecords.ledger().build();
    byte[] bytes =
        new RecordSerdes(REGISTRY).of(PositionLedger.class).serializer().serialize(TOPIC, ledger);

    // when
    SchemaAndValue result = converter.toConnectData(TOPIC, bytes);

    // then: as if the record had not been on the wire
    assertThat(result.value()).isEqualTo(new AvroToConnect().toConnect(ledger).value());
    Struct struct = (Struct) result.value();
    assertThat(struct.getString("side")).isEqualTo("LONG");
    assertThat((BigDecimal) struct.get("quantity")).isEqualByComparingTo("0.003");
    assertThat(struct.get("flatSinceMs")).isNull();
  }

  @Test
  void shouldLeaveTombstonesAlone() {
    assertThat(converter.toConnectData(TOPIC, null)).isEqualTo(SchemaAndValue.NULL);
  }

  @Test
  void shouldRefuseWhatItCannotRead() {
    assertThatThrownBy(() -> converter.toConnectData(TOPIC, new byte[] {1, 2}))
        .isInstanceOf(DataException.class)
        .isNotInstanceOf(RetriableException.class)
        .hasMessageContaining(TOPIC);
    assertThatThrownBy(() -> converter.toConnectData(TOPIC, new byte[] {0, 0, 9, 9, 9, 1}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("592137");
  }

  @Test
  void shouldAskAgainWhileTheRegistryIsAway() {
    try (AvroConverter unreachable = new AvroConverter()) {
      unreachable.configure(
          Map.of(
              "schema.registry.url", "http://127.0.0.1:1",
              "max.retries", "0",
              "http.connect.timeout.ms", "1000"),
          false);

      assertThatThrownBy(() -> unreachable.toConnectData(TOPIC, new byte[] {0, 0, 0, 0, 1, 1}))
          .isInstanceOf(RetriableException.class);
    }
  }

  @Test
  void shouldBeForSinksOnly() {
    assertThatThrownBy(() -> converter.fromConnectData(TOPIC, null, null))
        .isInstanceOf(DataException.class)
        .hasMessage("this converter is for sinks only: it does not write Avro");
  }

  @Test
  void shouldBeFoundByServiceLoading() {
    assertThat(ServiceLoader.load(Converter.class)).anyMatch(AvroConverter.class::isInstance);
    assertThat(converter.config().names()).contains("schema.registry.url");
  }
}
