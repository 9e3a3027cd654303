package io.quantumtrader.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.schemas.registry.RegistryScheme;
import io.quantumtrader.schemas.registry.SchemaRegistry;
import io.quantumtrader.schemas.testing.MockSchemaRegistry;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries at addresses that are not HTTP. */
final class OtherSchemesTest {

  private static SerdeConfig config(String url) {
    return new SerdeConfig(Map.of(SerdeConfig.REGISTRY_URL, url));
  }

  @Test
  void shouldFindTheOneOfTheTestsByItsName() {
    String name = UUID.randomUUID().toString();

    try (SchemaRegistry found = config("mock://" + name).registry()) {
      assertThat(found).isSameAs(MockSchemaRegistry.named(name));
    }
    assertThat(config("mock://" + name).idSource()).isEqualTo(WriterIds.Source.REGISTER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://mock", "https://mock", "localhost:8081", "mockery://name"})
  void shouldLeaveOthersAlone(String url) {
    assertThat(RegistryScheme.of(url)).isEmpty();
    assertThat(config(url).idSource()).isEqualTo(WriterIds.Source.LOOK_UP);
  }

  @Test
  void shouldRefuseASchemeThatNobodyKnows() {
    assertThatThrownBy(() -> config("htpp://registry:8080").registry())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("htpp://registry:8080");
  }
}
