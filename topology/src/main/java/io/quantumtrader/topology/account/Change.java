package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExitAttempt;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.PlannedRisk;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.topology.account.SeenIds.Seen;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** One change of the account's state, as a stage decided it; {@link AccountState} makes it. */
sealed interface Change {

  /** Returns the record that is kept, if one is. */
  default Optional<SpecificRecord> record() {
    return Optional.empty();
  }

  /** The clock has passed this, epoch ms. */
  record ClockPassed(long nowMs) implements Change {}

  /** A feed of this epoch has written the clock. */
  record EpochPassed(long epoch) implements Change {}

  /** The wallet as the exchange has it. */
  record WalletSeen(String key, ExchangeAccount wallet) implements Change {
    @Override
    public Optional<SpecificRecord> record() {
      return Optional.of(wallet);
    }
  }

  /** Nothing is known of a wallet any more. */
  record WalletGone(String key) implements Change {}

  /** A position was valued. */
  record PositionValued(String key, PositionSnapshot snapshot) implements Change {
    @Override
    public Optional<SpecificRecord> record() {
      return Optional.of(snapshot);
    }
  }

  /** A position is gone, and its values. */
  record ValuesGone(String key) implements Change {}

  /** An id of an intent was seen. */
  record IntentSeen(String account, String id, Seen seen) implements Change {}

  /** An id of a fill, or of a result that cannot be booked, was seen. */
  record FillSeen(String account, String id, Seen seen) implements Change {}

  /** An entry waits at the end of the line. */
  record EntryWaits(TradeIntent intent) implements Change {
    @Override
    public Optional<SpecificRecord> record() {
      return Optional.of(intent);
    }
  }

  /** The entry at the head of the line is taken. */
  record EntryTaken() implements Change {}

  /** An entry was granted; it counts for the rates. */
  record EntryGranted(String account, String symbol, String planId, long atMs) implements Change {}

  /** A plan was granted, or goes on after a part fill. */
  record PlanOpen(OpenPlan plan) implements Change {
    @Override
    public Optional<SpecificRecord> record() {
      return Optional.of(plan);
    }
  }

  /** A plan has its final result; its risk data stay for late fills. */
  record PlanEnded(String account, String planId) implements Change {}

  /** What a granted entry knew about its risk. */
  record RiskPlanned(PlannedRisk risk) implements Change {
    @Override
    public Optional<SpecificRecord> record() {
      return Optional.of(risk);
    }
  }

  /** A row of the ledger, open or flat. */
  record LedgerChanged(PositionLedger row) implements Change {
    @Override
    public Optional<SpecificRecord> record() {
      return Optional.of(row);
    }
  }

  /** The account's money. */
  record MoneyChanged(PortfolioState state) implements Change {
    @Override
    public Optional<SpecificRecord> record() {
      return Optional.of(state);
    }
  }

  /** An exit was tried. */
  record ExitTried(ExitAttempt attempt) implements Change {
    @Override
    public Optional<SpecificRecord> record() {
      return Optional.of(attempt);
    }
  }

  /** An exit needs no further attempt. */
  record ExitDone(String account, String exitKey) implements Change {}

  /** An operator's order was taken up; the positions that it is still to close, if any. */
  record OrderTaken(String account, String orderId, List<String> remaining) implements Change {}
}
