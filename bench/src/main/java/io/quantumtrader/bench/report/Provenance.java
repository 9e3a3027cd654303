package io.quantumtrader.bench.report;

/**
 * Where figures come from. No name of a host and no path: what matters of a machine is what it can
 * do.
 *
 * @param commit commit that was measured, with a plus sign where files differed from it
 * @param command command that measures it again
 * @param date day of the measurement, UTC
 * @param cores processors that the JVM sees
 * @param memoryGb memory of the machine, GB
 * @param jdk version of the JDK
 * @param kafka version of Kafka
 * @param rounds rounds that were measured, after those that warmed up
 * @param loadBefore load average of the machine in the minute before, or -1 where it is not known;
 *     in a run of several measurements the one before is in it
 */
public record Provenance(
    String commit,
    String command,
    String date,
    int cores,
    long memoryGb,
    String jdk,
    String kafka,
    int rounds,
    double loadBefore) {}
