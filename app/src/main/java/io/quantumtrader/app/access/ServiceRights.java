package io.quantumtrader.app.access;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.quantumtrader.agents.AgentSettings;
import io.quantumtrader.app.letters.DeadLettersCommand;
import io.quantumtrader.app.metrics.Monitoring;
import io.quantumtrader.app.policy.PolicyCommand;
import io.quantumtrader.connectors.legacy.LegacyContract;
import io.quantumtrader.execution.executor.ExecutorSettings;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.StreamsSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;

/**
 * The least that each service may do on a broker, metrics included: nothing that it is denied is
 * needed, and nothing that it is granted is not.
 */
public enum ServiceRights {
  /** {@code service register}. */
  REGISTER("service register") {
    @Override
    public List<Right> rights() {
      return List.of(
          Right.topics(CATALOG, CREATE, DESCRIBE, DESCRIBE_CONFIGS),
          Right.topic(Topic.POLICY, READ, WRITE),
          Right.topic(Topic.CONTROL, READ, WRITE));
    }
  },
  /** {@code service stages}. */
  STAGES("service stages") {
    @Override
    public List<Right> rights() {
      String own = StreamsSettings.APPLICATION_ID;
      List<Right> rights = new ArrayList<>();
      rights.add(Right.topics(CATALOG, DESCRIBE));
      rights.add(Right.topics(own + "-", CREATE, DELETE, DESCRIBE_CONFIGS, READ, WRITE));
      rights.add(Right.groups(own, READ));
      rights.add(Right.transactions(own));
      Set<Topic> read = EnumSet.copyOf(STAGES_READ);
      read.addAll(Monitoring.OF_STAGES);
      add(read, READ, rights);
      add(STAGES_WRITE, WRITE, rights);
      Monitoring.GROUPS.stream()
          .filter(group -> !group.equals(own))
          .forEach(group -> rights.add(Right.group(group, DESCRIBE)));
      return rights;
    }
  },
  /** {@code service executor}. */
  EXECUTOR("service executor") {
    @Override
    public List<Right> rights() {
      List<Right> rights = new ArrayList<>();
      rights.add(Right.topics(CATALOG, DESCRIBE));
      rights.add(Right.groups(ExecutorSettings.GROUP, READ));
      rights.add(Right.transactions(ExecutorSettings.GROUP));
      add(EXECUTOR_READS, READ, rights);
      add(EXECUTOR_WRITES, WRITE, rights);
      return rights;
    }
  },
  /** {@code service feed}. */
  FEED("service feed") {
    @Override
    public List<Right> rights() {
      List<Right> rights = new ArrayList<>();
      rights.add(Right.topics(CATALOG, DESCRIBE));
      add(List.of(Topic.CLOCK, Topic.CANDLE), READ, rights);
      add(List.of(Topic.CLOCK, Topic.CANDLE, Topic.MARK, Topic.INSTRUMENT), WRITE, rights);
      return rights;
    }
  },
  /** {@code service agent}. */
  AGENT("service agent") {
    @Override
    public List<Right> rights() {
      List<Right> rights = new ArrayList<>();
      rights.add(Right.topics(CATALOG, DESCRIBE));
      rights.add(Right.group(AgentSettings.GROUP, READ));
      add(AgentSettings.READS, READ, rights);
      rights.add(Right.topic(Topic.TRADE_INTENT, READ, WRITE));
      return rights;
    }
  },
  /** {@code service console}, and the commands that look: status, positions, trades, why. */
  CONSOLE("service console, status, top, positions, trades, decisions, why, health") {
    @Override
    public List<Right> rights() {
      List<Right> rights = new ArrayList<>();
      add(EnumSet.allOf(Topic.class), READ, rights);
      Monitoring.GROUPS.forEach(group -> rights.add(Right.group(group, DESCRIBE)));
      // How far the stages are behind is a matter of the topics between them, too.
      rights.add(Right.topics(StreamsSettings.APPLICATION_ID + "-", DESCRIBE));
      // Orders from the page, attempts without its token, scheduled changes of the policy, and
      // records of dead letters; the commands that look write nothing.
      rights.add(Right.transactions(PolicyCommand.OPERATORS));
      rights.add(Right.transactions(DeadLettersCommand.OPERATORS));
      add(
          List.of(
              Topic.POLICY, Topic.POLICY_SCHEDULE, Topic.CONTROL, Topic.DECISION, Topic.APPROVAL),
          WRITE,
          rights);
      add(LETTERS_GO_TO, WRITE, rights);
      return rights;
    }
  },
  /** The Connect workers with both Redis connectors; what a worker keeps itself comes on top. */
  CONNECT("Connect worker") {
    @Override
    public List<Right> rights() {
      List<Right> rights = new ArrayList<>();
      rights.add(Right.group("connect-" + LegacyContract.CONNECTOR_NAME, READ));
      add(LegacyContract.TOPICS, READ, rights);
      add(List.of(Topic.TRADE_INTENT, Topic.CONTROL, Topic.DEAD_LETTER), WRITE, rights);
      return rights;
    }
  },
  /** {@code service connectors}. */
  CONNECTORS("service connectors") {
    @Override
    public List<Right> rights() {
      return List.of();
    }
  },
  /** {@code control}, {@code intent}, {@code policy}, as an operator types them. */
  OPERATOR("control, flatten, intent, approvals, dead-letters, policy") {
    @Override
    public List<Right> rights() {
      List<Right> rights = new ArrayList<>();
      rights.add(Right.group(StreamsSettings.APPLICATION_ID, DESCRIBE));
      rights.add(Right.transactions(PolicyCommand.OPERATORS));
      add(
          List.of(
              Topic.CLOCK,
              Topic.INSTRUMENT,
              Topic.POLICY,
              Topic.POLICY_SCHEDULE,
              Topic.CONTROL,
              Topic.POSITION_LEDGER,
              Topic.PORTFOLIO_STATE,
              Topic.POSITION_SNAPSHOT,
              Topic.EXCHANGE_ACCOUNT,
              Topic.APPLY_PLAN,
              Topic.APPLY_RESULT,
              Topic.DECISION,
              Topic.DEAD_LETTER,
              Topic.LETTER_REPLAY),
          READ,
          rights);
      rights.add(Right.transactions(DeadLettersCommand.OPERATORS));
      add(
          List.of(Topic.CONTROL, Topic.POLICY, Topic.POLICY_SCHEDULE, Topic.APPROVAL),
          WRITE,
          rights);
      add(LETTERS_GO_TO, WRITE, rights);
      return rights;
    }
  };

  /** What the names of all topics of the catalog begin with. */
  static final String CATALOG = "quantum.";

  /** What a dead letter may be sent to again, and where that is noted; intents go there anyway. */
  private static final Set<Topic> LETTERS_GO_TO =
      EnumSet.of(Topic.TRADE_INTENT, Topic.APPLY_PLAN, Topic.LETTER_REPLAY);

  private static final Set<Topic> STAGES_READ =
      EnumSet.of(
          Topic.CLOCK,
          Topic.CANDLE,
          Topic.MARK,
          Topic.MARKET_STATE,
          Topic.INSTRUMENT,
          Topic.UNIVERSE,
          Topic.POLICY,
          Topic.CONTROL,
          Topic.TRADE_INTENT,
          Topic.APPLY_RESULT,
          Topic.EXCHANGE_ACCOUNT,
          Topic.POSITION_SNAPSHOT,
          Topic.HARVEST_PROPOSAL);

  private static final Set<Topic> STAGES_WRITE =
      EnumSet.of(
          Topic.MARKET_STATE,
          Topic.UNIVERSE,
          Topic.TRADE_INTENT,
          Topic.APPLY_PLAN,
          Topic.PERMIT,
          Topic.POSITION_LEDGER,
          Topic.POSITION_SNAPSHOT,
          Topic.HARVEST_PROPOSAL,
          Topic.HARVEST_CALIBRATED,
          Topic.PORTFOLIO_STATE,
          Topic.DECISION,
          Topic.DEAD_LETTER);

  private static final Set<Topic> EXECUTOR_READS =
      EnumSet.of(
          Topic.CLOCK,
          Topic.MARK,
          Topic.APPLY_PLAN,
          Topic.APPROVAL,
          Topic.APPLY_RESULT,
          Topic.CONTROL,
          Topic.INSTRUMENT,
          Topic.POSITION_LEDGER,
          Topic.EXCHANGE_ACCOUNT,
          Topic.EXCHANGE_INCOME);

  private static final Set<Topic> EXECUTOR_WRITES =
      EnumSet.of(
          Topic.APPLY_RESULT,
          Topic.EXCHANGE_ACCOUNT,
          Topic.EXCHANGE_INCOME,
          Topic.INSTRUMENT,
          Topic.DEAD_LETTER);

  private final String title;

  ServiceRights(String title) {
    this.title = title;
  }

  /** Returns what is called so. */
  public String title() {
    return title;
  }

  /** Returns the rights. */
  public abstract List<Right> rights();

  private static void add(Collection<Topic> topics, AclOperation operation, List<Right> rights) {
    topics.stream().sorted().forEach(topic -> rights.add(Right.topic(topic, operation)));
  }
}
