package io.quantumtrader.app.policy;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.policy.PolicyFields;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.portfolio.Halts;
import java.math.BigDecimal;

/**
 * A threshold that an account can be beyond by what it has open or has lost. Money is compared as
 * products, as the stages do it; what needs an equity that is not known is not exceeded.
 *
 * <p>The age of equity is not among them, although it denies entries: it goes up and down with each
 * step of the clock, whatever is open.
 */
enum AccountLimit {
  /** A symbol whose entry is filled in part counts twice here: the state has no symbols. */
  POSITIONS("maxPositions", "open positions and reservations", Effect.ENTRIES_DENIED) {
    @Override
    boolean isExceeded(Policy policy, PortfolioState state) {
      return count(state) > policy.getMaxPositions();
    }

    @Override
    String now(PortfolioState state) {
      return PolicyFields.text(count(state));
    }
  },
  EXPOSURE("maxExposure", "exposure", Effect.ENTRIES_DENIED) {
    @Override
    boolean isExceeded(Policy policy, PortfolioState state) {
      return isEquityKnown(state)
          && margin(state).compareTo(times(state.getEquity(), policy.getMaxExposure())) > 0;
    }

    @Override
    String now(PortfolioState state) {
      return ratio(margin(state), state.getEquity());
    }
  },
  MARGIN_RATIO("minMarginRatio", "margin ratio", Effect.ENTRIES_DENIED) {
    @Override
    boolean isExceeded(Policy policy, PortfolioState state) {
      return isEquityKnown(state) && isShort(state, policy.getMinMarginRatio());
    }

    @Override
    String now(PortfolioState state) {
      return ratio(state.getEquity(), state.getGrossNotional());
    }
  },
  DAILY_LOSS("maxDailyLoss", "loss of the UTC day", Effect.ENTRIES_HALTED) {
    @Override
    boolean isExceeded(Policy policy, PortfolioState state) {
      return Halts.dailyLoss(state, policy, state.getAsOfMs()).isPresent();
    }

    @Override
    String now(PortfolioState state) {
      return lost(state.getDayFirstEquity(), state);
    }
  },
  DRAWDOWN("maxDrawdown", "drawdown", Effect.ENTRIES_HALTED) {
    @Override
    boolean isExceeded(Policy policy, PortfolioState state) {
      return Halts.drawdown(state, policy, state.getAsOfMs()).isPresent();
    }

    @Override
    String now(PortfolioState state) {
      return lost(state.getPeakEquity(), state);
    }
  },
  /** A streak halts for a time from its last loss on: a longer one can begin it again. */
  LOSS_STREAK("maxConsecutiveLosses", "losses in a row", Effect.STREAK_HALTED) {
    @Override
    boolean isExceeded(Policy policy, PortfolioState state) {
      return Halts.streak(state, policy, state.getAsOfMs()).isPresent();
    }

    @Override
    String now(PortfolioState state) {
      return PolicyFields.text(state.getConsecutiveLosses());
    }
  },
  /** At the guard positions are closed until the target is met; where it is met, none is. */
  LIQUIDATION_GUARD("liquidationGuardRatio", "margin ratio", Effect.POSITIONS_CLOSED) {
    @Override
    boolean isExceeded(Policy policy, PortfolioState state) {
      return state.getEquity() != null
          && state.getMarginRatio() != null
          && state.getMarginRatio() <= policy.getLiquidationGuardRatio()
          && isShort(state, policy.getLiquidationTargetRatio());
    }

    @Override
    String now(PortfolioState state) {
      return PolicyFields.text(state.getMarginRatio());
    }
  };

  /** What it means for an account to be beyond a limit. */
  enum Effect {
    /** No entry is granted before there is room again. */
    ENTRIES_DENIED("Nothing is closed by it; entries are denied until there is room again."),
    /** Entries halt, again and again while the loss stands. */
    ENTRIES_HALTED(
        "Nothing is closed by it; entries halt for haltMs, and again as long as the loss stands."),
    /** Entries halt once. */
    STREAK_HALTED("Nothing is closed by it; entries halt for haltMs from the last loss on."),
    /** The guard closes positions. */
    POSITIONS_CLOSED(
        "THE GUARD CLOSES POSITIONS, the worst R first, up to liquidationTargetRatio.");

    private final String meaning;

    Effect(String meaning) {
      this.meaning = meaning;
    }

    /** Returns it as a sentence for people. */
    String meaning() {
      return meaning;
    }
  }

  private final String field;
  private final String measure;
  private final Effect effect;

  AccountLimit(String field, String measure, Effect effect) {
    this.field = field;
    this.measure = measure;
    this.effect = effect;
  }

  /** Returns whether the account, as it stands, is beyond what the policy allows. */
  abstract boolean isExceeded(Policy policy, PortfolioState state);

  /** Returns what the account has now, as text; only for a state that exceeds something. */
  abstract String now(PortfolioState state);

  /** Returns the field of the policy. */
  String field() {
    return field;
  }

  /** Returns what is held against it, for people. */
  String measure() {
    return measure;
  }

  /** Returns what follows. */
  Effect effect() {
    return effect;
  }

  /** Returns what a policy allows, as text. */
  String allowed(Policy policy) {
    return PolicyFields.text(policy.get(field));
  }

  private static int count(PortfolioState state) {
    return state.getOpenPositions() + state.getReservations();
  }

  private static boolean isEquityKnown(PortfolioState state) {
    return state.getEquity() != null && Decimals.isPositive(state.getEquity());
  }

  private static boolean isShort(PortfolioState state, double share) {
    return state.getEquity().compareTo(times(state.getGrossNotional(), share)) < 0;
  }

  private static BigDecimal margin(PortfolioState state) {
    return state.getMarginInUse().add(state.getMarginReserved());
  }

  private static BigDecimal times(BigDecimal whole, double share) {
    return whole.multiply(Decimals.ratio(share));
  }

  private static String lost(BigDecimal from, PortfolioState state) {
    return ratio(from.subtract(state.getEquity()), from);
  }

  private static String ratio(BigDecimal part, BigDecimal whole) {
    return PolicyFields.text(Decimals.quotient(part, whole).doubleValue());
  }
}
