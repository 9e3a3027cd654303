package io.quantumtrader.schemas.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.schemas.registry.MemorySchemaRegistry;
import io.quantumtrader.schemas.registry.RegisteredSchema;
import io.quantumtrader.schemas.registry.SchemaNotFoundException;
import io.quantumtrader.schemas.registry.SchemaNotFoundException.Missing;
import java.util.UUID;
import org.apache.avro.Schema;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class MockSchemaRegistryTest {

  private static final Schema INT = Schema.create(Schema.Type.INT);
  private static final Schema LONG = Schema.create(Schema.Type.LONG);

  private final String name = UUID.randomUUID().toString();
  private final MemorySchemaRegistry registry = MockSchemaRegistry.named(name);

  @Test
  void shouldBeSharedByName() {
    registry.register("a", INT);
    assertThat(MockSchemaRegistry.named(name).subjects()).containsExactly("a");
    assertThat(MockSchemaRegistry.named(name + "2").subjects()).isEmpty();
  }

  @Test
  void shouldGiveEqualSchemasOneIdAndEachSubjectItsOwnVersions() {
    // when
    int first = registry.register("a", INT);
    int second = registry.register("b", LONG);
    int third = registry.register("b", INT);
    int again = registry.register("b", LONG);

    // then
    assertThat(third).isEqualTo(first);
    assertThat(again).isEqualTo(second).isNotEqualTo(first);
    assertThat(registry.versions("b")).containsExactly(1, 2);
    assertThat(registry.latest("b")).isEqualTo(new RegisteredSchema("b", 2, first, INT));
    assertThat(registry.idOf("b", LONG)).isEqualTo(second);
    assertThat(registry.schemaById(second)).isEqualTo(LONG);
  }

  @Test
  void shouldSayWhatIsMissing() {
    registry.register("a", INT);
    assertMissing(() -> registry.latest("x"), Missing.SUBJECT, "there is no subject x");
    assertMissing(() -> registry.versions("x"), Missing.SUBJECT, "there is no subject x");
    assertMissing(() -> registry.version("a", 2), Missing.VERSION, "subject a has no version 2");
    assertMissing(() -> registry.idOf("a", LONG), Missing.SCHEMA, "no schema like long");
    assertMissing(() -> registry.schemaById(2), Missing.SCHEMA, "no schema has the id 2");
  }

  private static void assertMissing(ThrowingCallable call, Missing what, String text) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SchemaNotFoundException.class, thrown -> assertThat(thrown.missing()).isEqualTo(what))
        .hasMessageContaining(text);
  }
}
