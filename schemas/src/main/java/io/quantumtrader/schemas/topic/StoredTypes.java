package io.quantumtrader.schemas.topic;

import io.quantumtrader.schemas.avro.ExchangeView;
import io.quantumtrader.schemas.avro.ExitAttempt;
import io.quantumtrader.schemas.avro.MarketHead;
import io.quantumtrader.schemas.avro.MarketProgress;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.OpenPosition;
import io.quantumtrader.schemas.avro.PlannedRisk;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * Record types that only state stores and repartition topics hold, not topics of the catalog. Each
 * schema of a record in {@code src/main/avro} is either a topic's value or listed here, since both
 * must be registered and may only change compatibly.
 */
public final class StoredTypes {

  private StoredTypes() {}

  /** Returns the generated classes; values of catalog topics may be stored without being listed. */
  public static List<Class<? extends SpecificRecord>> all() {
    return List.of(
        ExchangeView.class,
        ExitAttempt.class,
        MarketHead.class,
        MarketProgress.class,
        OpenPlan.class,
        OpenPosition.class,
        PlannedRisk.class);
  }
}
