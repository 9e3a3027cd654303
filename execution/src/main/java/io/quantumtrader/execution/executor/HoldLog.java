package io.quantumtrader.execution.executor;

import io.quantumtrader.schemas.avro.PositionHold;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log where ledger and exchange begin to disagree, and where they agree again. */
final class HoldLog {

  private static final Logger LOG = LoggerFactory.getLogger(HoldLog.class);

  private HoldLog() {}

  /** Says what is new of the holds of an account, and what is over. */
  static void tell(String account, List<PositionHold> before, List<PositionHold> now) {
    for (PositionHold hold : now) {
      if (before.stream().noneMatch(each -> each.getSymbol().equals(hold.getSymbol()))) {
        LOG.error(
            "{} {}: the ledger has {}, the exchange {}; entries wait until that is explained",
            account,
            hold.getSymbol(),
            hold.getLedgerQuantity().toPlainString(),
            hold.getExchangeQuantity().toPlainString());
      }
    }
    for (PositionHold hold : before) {
      if (now.stream().noneMatch(each -> each.getSymbol().equals(hold.getSymbol()))) {
        LOG.info("{} {}: ledger and exchange agree again", account, hold.getSymbol());
      }
    }
  }
}
