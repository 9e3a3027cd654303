package io.quantumtrader.app.schemas;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.schemas.evolution.EvolutionFinding;
import io.quantumtrader.schemas.history.HistoryCheck;
import io.quantumtrader.schemas.history.RegistryCheck;
import io.quantumtrader.schemas.registry.Compatibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a check found, for people and for machines. */
record CheckReport(
    Compatibility level,
    List<HistoryCheck.Subject> subjects,
    List<RegistryCheck.Subject> live,
    boolean registryAsked) {

  boolean isBroken() {
    return subjects.stream().anyMatch(subject -> !subject.findings().isEmpty())
        || live.stream().anyMatch(RegistryCheck.Subject::isBroken);
  }

  /** Returns one line for each break. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (HistoryCheck.Subject subject : subjects) {
      subject.findings().forEach(found -> lines.add(subject.name() + ": " + found.text()));
    }
    for (RegistryCheck.Subject subject : live) {
      for (RegistryCheck.Compared each : subject.versions()) {
        line(subject, each).ifPresent(lines::add);
      }
    }
    return lines;
  }

  private static Optional<String> line(RegistryCheck.Subject subject, RegistryCheck.Compared each) {
    boolean ours = each.findings().isEmpty();
    if (ours && each.verdict().compatible()) {
      return Optional.empty();
    }
    String what = subject.name() + ": registered version " + each.version() + ": ";
    String theirs = String.join("; ", each.verdict().reasons()).replaceAll("\\s+", " ");
    String told = theirs.isEmpty() ? "" : ": " + theirs;
    if (ours) {
      return Optional.of(
          what + "the registry refuses the newest schema, our check allows it" + told);
    }
    String first = each.findings().getFirst().text();
    return Optional.of(
        each.verdict().compatible()
            ? what + "the registry allows the newest schema, our check refuses it: " + first
            : what + "the registry and our check refuse the newest schema: " + first);
  }

  /** Returns what is worth knowing and breaks nothing. */
  List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    int versions = subjects.stream().mapToInt(subject -> subject.versions().size()).sum();
    long breaks = subjects.stream().mapToLong(subject -> subject.findings().size()).sum();
    subjects.stream()
        .filter(HistoryCheck.Subject::isUnfrozen)
        .forEach(
            subject ->
                remarks.add(
                    subject.name()
                        + " has changed and is not frozen: run quantum"
                        + " schemas freeze"));
    for (RegistryCheck.Subject subject : live) {
      if (subject.versions().isEmpty()) {
        remarks.add(subject.name() + " is not registered: run quantum schemas register");
      } else if (subject.level() != level) {
        remarks.add(
            "the registry holds " + subject.name() + " to " + subject.level() + ", not " + level);
      }
    }
    remarks.add(
        "%d subjects, %d versions at %s: %s"
            .formatted(
                subjects.size(),
                versions,
                level,
                breaks == 0 ? "nothing breaks" : breaks + (breaks == 1 ? " break" : " breaks")));
    if (registryAsked) {
      long differing =
          live.stream()
              .flatMap(subject -> subject.versions().stream())
              .filter(RegistryCheck.Compared::differs)
              .count();
      remarks.add(
          "the registry was asked about "
              + live.stream().mapToInt(subject -> subject.versions().size()).sum()
              + " versions; verdicts differ on "
              + differing);
    }
    return remarks;
  }

  ObjectNode json() {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    report.put("level", level.name()).put("broken", isBroken());
    ArrayNode all = report.putArray("subjects");
    for (HistoryCheck.Subject subject : subjects) {
      ObjectNode one = all.addObject().put("subject", subject.name());
      subject.versions().forEach(one.putArray("versions")::add);
      one.put("frozen", !subject.isUnfrozen());
      subject.findings().forEach(found -> add(one.withArray("findings"), found));
    }
    if (registryAsked) {
      addRegistry(report.putArray("registry"));
    }
    return report;
  }

  private void addRegistry(ArrayNode all) {
    for (RegistryCheck.Subject subject : live) {
      ObjectNode one = all.addObject().put("subject", subject.name());
      one.put("level", subject.level().name());
      ArrayNode versions = one.putArray("versions");
      for (RegistryCheck.Compared each : subject.versions()) {
        ObjectNode version = versions.addObject().put("version", each.version());
        version.put("compatible", each.verdict().compatible()).put("differs", each.differs());
        each.verdict().reasons().forEach(version.putArray("reasons")::add);
        each.findings().forEach(found -> add(version.withArray("findings"), found));
      }
    }
  }

  private static void add(ArrayNode findings, EvolutionFinding found) {
    findings
        .addObject()
        .put("rule", found.rule().name())
        .put("path", found.path())
        .put("reading", found.reading().name())
        .put("reader", found.reader())
        .put("writer", found.writer())
        .put("detail", found.detail())
        .put("example", found.example())
        .put("mend", found.rule().mend());
  }
}
