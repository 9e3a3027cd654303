package io.quantumtrader.app.policy;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.policy.PolicyRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Every record of the policy topic that can be read, in its order, and what follows from them.
 *
 * @param records the records
 * @param end offset behind what was read
 */
record PolicyHistory(List<PolicyVersion> records, long end) {

  PolicyHistory {
    records = List.copyOf(records);
  }

  /** Where the policy of an account comes from. */
  enum Source {
    /** The account's own record. */
    OWN,
    /** The default record. */
    DEFAULT,
    /** The thresholds in the code: there is no record. */
    BUILTIN
  }

  /**
   * The policy that holds.
   *
   * @param source where it comes from
   * @param record its record; empty for the built-in one
   * @param policy what it says
   */
  record Holding(Source source, Optional<PolicyVersion> record, Policy policy) {

    /** Returns whether the stages do not reckon with it, because it breaks a rule. */
    boolean isUnusable() {
      return !PolicyRules.isValid(policy);
    }

    /** Returns what the stages reckon exits with: the built-in one in place of an unusable one. */
    Policy inEffect() {
      return isUnusable() ? Policies.builtin() : policy;
    }
  }

  /** Returns the policy that holds for an account, or by default. */
  Holding holding(String key) {
    Optional<PolicyVersion> own = own(key);
    Source source = key.equals(Policies.DEFAULT) ? Source.DEFAULT : Source.OWN;
    return own.map(record -> holding(source, record))
        .or(() -> own(Policies.DEFAULT).map(record -> holding(Source.DEFAULT, record)))
        .orElseGet(() -> new Holding(Source.BUILTIN, Optional.empty(), Policies.builtin()));
  }

  private static Holding holding(Source source, PolicyVersion record) {
    return new Holding(source, Optional.of(record), record.policy().orElseThrow());
  }

  /** Returns the record of a key, unless it was removed. */
  Optional<PolicyVersion> own(String key) {
    return of(key).reduce((before, after) -> after).filter(last -> last.policy().isPresent());
  }

  /** Returns the version of the record of a key; 0 where it has none. */
  long versionOf(String key) {
    return own(key).map(PolicyVersion::version).orElse(0L);
  }

  /** Returns whether the record of a key holds for an account, or would if it were there. */
  boolean appliesTo(String key, String account) {
    return key.equals(account) || (key.equals(Policies.DEFAULT) && own(account).isEmpty());
  }

  /** Returns the record of a key that has a version. */
  Optional<PolicyVersion> version(String key, long version) {
    return of(key)
        .filter(record -> record.policy().isPresent() && record.version() == version)
        .reduce((before, after) -> after);
  }

  /** Returns the versions of a key that are there, ascending. */
  List<Long> versions(String key) {
    return of(key)
        .filter(record -> record.policy().isPresent())
        .map(PolicyVersion::version)
        .distinct()
        .sorted()
        .toList();
  }

  /** Returns the version that comes next: a number is never used twice, not after a removal. */
  long nextVersion(String key) {
    return 1 + of(key).mapToLong(PolicyVersion::version).max().orElse(0);
  }

  /** Returns the accounts that have a record of their own, by name. */
  List<String> accounts() {
    return keys().stream()
        .filter(key -> !key.equals(Policies.DEFAULT) && own(key).isPresent())
        .toList();
  }

  /** Returns every key that ever had a record, the default first. */
  List<String> keys() {
    TreeSet<String> accounts = new TreeSet<>();
    records.forEach(record -> accounts.add(record.key()));
    List<String> keys = new ArrayList<>();
    if (accounts.remove(Policies.DEFAULT)) {
      keys.add(Policies.DEFAULT);
    }
    keys.addAll(accounts);
    return List.copyOf(keys);
  }

  /** Returns the history as it was before a record was written. */
  PolicyHistory before(PolicyVersion record) {
    return new PolicyHistory(
        records.stream().filter(each -> each.offset() < record.offset()).toList(), record.offset());
  }

  /** Returns the versions of a key that are not there any more, below the last that is. */
  List<Long> gone(String key) {
    List<Long> there = of(key).map(PolicyVersion::version).toList();
    long last = nextVersion(key) - 1;
    return LongStream.rangeClosed(1, Math.min(last, there.size() + 1000L))
        .filter(version -> !there.contains(version))
        .boxed()
        .toList();
  }

  private Stream<PolicyVersion> of(String key) {
    return records.stream().filter(record -> record.key().equals(key));
  }
}
