package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.ReduceOrder;
import io.quantumtrader.schemas.avro.RiskBackfill;
import io.quantumtrader.schemas.avro.StopOrder;
import java.util.stream.Stream;

/** The ids of what is ordered in a control record, of every kind of order that is taken up once. */
final class OrderIds {

  private OrderIds() {}

  /** Returns them; locks are none, since nobody takes them up. */
  static Stream<String> in(Control control) {
    return Stream.of(
            control.getCloses().stream().map(ManualClose::getId),
            control.getBackfills().stream().map(RiskBackfill::getId),
            control.getReduces().stream().map(ReduceOrder::getId),
            control.getStops().stream().map(StopOrder::getId))
        .flatMap(each -> each);
  }
}
