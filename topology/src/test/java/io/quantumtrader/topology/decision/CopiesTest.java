package io.quantumtrader.topology.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ExitAttempt;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.OpenPosition;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.Risk;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.specific.SpecificRecordBuilderBase;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A copy says what the record said, in every field that its schema has today. */
class CopiesTest {

  static Stream<Arguments> builders() {
    return Stream.of(
            ExitAttempt.newBuilder(),
            HarvestProposal.newBuilder(),
            OpenPlan.newBuilder(),
            OpenPosition.newBuilder(),
            PortfolioState.newBuilder(),
            PositionLedger.newBuilder(),
            Risk.newBuilder())
        .map(
            builder ->
                Arguments.of(
                    Named.of(builder.getClass().getEnclosingClass().getSimpleName(), builder)));
  }

  @ParameterizedTest
  @MethodSource("builders")
  <R extends SpecificRecordBase, B extends SpecificRecordBuilderBase<R>> void shouldCopyEachField(
      B builder) {
    R record = filled(builder.getClass().getEnclosingClass());

    R copy = Copies.of(record, builder).build();

    for (Schema.Field field : record.getSchema().getFields()) {
      assertThat(copy.get(field.pos()))
          .as(field.name())
          .isNotNull()
          .isEqualTo(record.get(field.pos()));
    }
  }

  @Test
  void shouldLeaveTheRecordAsItWas() {
    OpenPlan plan = filled(OpenPlan.class);

    OpenPlan changed = Copies.of(plan, OpenPlan.newBuilder()).setOverdueReported(false).build();

    assertThat(plan.getOverdueReported()).isTrue();
    assertThat(changed.getOverdueReported()).isFalse();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <R extends SpecificRecordBase> R filled(Class<?> type) {
    Schema schema = SpecificData.get().getSchema(type);
    R record = (R) SpecificData.newInstance(type, schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), value(field.schema(), field.pos() + 1));
    }
    return record;
  }

  /** Nothing that a builder would put there itself. */
  private static Object value(Schema schema, int number) {
    if (schema.getLogicalType() != null) {
      return BigDecimal.valueOf(number).setScale(Decimals.SCALE);
    }
    return switch (schema.getType()) {
      case UNION ->
          value(
              schema.getTypes().stream()
                  .filter(each -> each.getType() != Schema.Type.NULL)
                  .findFirst()
                  .orElseThrow(),
              number);
      case RECORD -> filled(SpecificData.get().getClass(schema));
      case ENUM -> SpecificData.get().createEnum(schema.getEnumSymbols().getLast(), schema);
      case ARRAY -> List.of(value(schema.getElementType(), number));
      case STRING -> "text " + number;
      case LONG -> (long) number;
      case INT -> number;
      case DOUBLE -> number / 2.0;
      case BOOLEAN -> true;
      default -> throw new IllegalArgumentException("no value for " + schema);
    };
  }
}
