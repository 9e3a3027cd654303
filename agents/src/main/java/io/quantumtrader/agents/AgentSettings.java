package io.quantumtrader.agents;

import io.quantumtrader.agents.decision.TrendThresholds;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.List;

/**
 * What the agent is set to.
 *
 * @param account account it trades for
 * @param source name it signs intents with
 * @param margin margin of an entry, quote currency above 0
 * @param leverage leverage of an entry, 1 to 125
 * @param thresholds thresholds of its rule
 */
public record AgentSettings(
    String account, String source, BigDecimal margin, double leverage, TrendThresholds thresholds) {

  /** Consumer group that its position is committed for. */
  public static final String GROUP = "quantum-agent";

  /** What it reads as it goes; what it wrote itself it reads once, as it starts. */
  public static final List<Topic> READS = List.of(Topic.MARKET_STATE, Topic.UNIVERSE, Topic.CLOCK);

  /** The main account, 300 of margin at leverage 2. */
  public static final AgentSettings DEFAULT =
      new AgentSettings(Accounts.MAIN, "agent", new BigDecimal("300"), 2, TrendThresholds.DEFAULT);

  public AgentSettings {
    if (!Accounts.isName(account)) {
      throw new IllegalArgumentException("not an account name: " + account);
    }
    if (margin.signum() <= 0 || !(leverage >= 1 && leverage <= 125)) {
      throw new IllegalArgumentException("margin must be above 0 and leverage 1 to 125");
    }
  }

  /**
   * Returns these settings for one of several accounts: for the one that they name where it is
   * among them, else for the first.
   *
   * @param accounts those that trade, one or more
   */
  public AgentSettings forOneOf(List<String> accounts) {
    return accounts.contains(account)
        ? this
        : new AgentSettings(accounts.getFirst(), source, margin, leverage, thresholds);
  }
}
