package io.quantumtrader.console.view;

import io.quantumtrader.console.Means;
import java.util.List;

/** A scheduled change of the policy. */
public record ScheduleRow(
    @Means("names the change") String scheduleId,
    @Means("default, or the account whose policy it changes") String name,
    @Means("thresholds that change, as FIELD=VALUE") List<String> changes,
    @Means("when it is applied: all of it has to hold at one step of the clock")
        List<String> conditions,
    @Means("WAITING, APPLIED, WITHDRAWN or REFUSED") String state,
    @Means("what it waits for, with the numbers of now; empty where it does not wait or is due")
        List<String> waitsFor,
    @Means("whether it is applied although an account is then beyond a new limit")
        boolean evenIfExceeded,
    @Means("who scheduled it; empty where it does not say") String scheduledBy,
    @Means("why") String reason,
    @Means("when it was scheduled on the clock, epoch ms UTC") long createdAtMs,
    @Means(
            "when it was applied, withdrawn or refused on the clock, epoch ms UTC; null while it"
                + " waits")
        Long endedAtMs,
    @Means("who withdrew it; empty otherwise") String endedBy,
    @Means("why it was withdrawn or refused, with the numbers; empty otherwise") String outcome,
    @Means("version since which it holds; 0 unless it was applied") long version) {}
