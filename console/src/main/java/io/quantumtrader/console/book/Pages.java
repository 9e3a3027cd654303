package io.quantumtrader.console.book;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.decision.Policies;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a {@link Book} holds at one moment; to be used where it is handed out, and not kept.
 *
 * @param tables the tables
 * @param streams the last records of everything else
 * @param plans plans by id
 * @param trades positions by their fills
 * @param days what each day came to
 * @param equity money over time
 * @param candles the last candles
 * @param traffic how many records came
 * @param clock how far the pipeline is
 */
public record Pages(
    Tables tables,
    Streams streams,
    PlanBook plans,
    TradeBook trades,
    DayBook days,
    EquityHistory equity,
    Candles candles,
    Traffic traffic,
    ClockHand clock) {

  /** Returns the policy that holds for an account. */
  public Policies.InForce policy(String account) {
    return Policies.inForce(
        tables.row(Topic.POLICY, account, Policy.class),
        tables.row(Topic.POLICY, io.quantumtrader.schemas.policy.Policies.DEFAULT, Policy.class));
  }

  /** Returns every account that has money, a position or a plan, by name. */
  public List<String> accounts() {
    Set<String> names = new TreeSet<>();
    for (Topic topic : List.of(Topic.PORTFOLIO_STATE, Topic.EXCHANGE_ACCOUNT)) {
      tables.rows(topic, SpecificRecord.class).forEach(row -> names.add(account(row)));
    }
    plans.unfinished().forEach(plan -> names.add(plan.getAccount()));
    return Collections.unmodifiableList(new ArrayList<>(names));
  }

  private static String account(SpecificRecord row) {
    return Optional.ofNullable(row.getSchema().getField("account"))
        .map(field -> String.valueOf(row.get(field.pos())))
        .orElse("");
  }
}
