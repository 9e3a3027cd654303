package io.quantumtrader.console.order;

import io.quantumtrader.console.Means;

/** What a person says of an entry that waits. */
public record ApprovalAnswer(
    @Means("plan that waits, 16 of 0-9 and a-f") String planId,
    @Means("true: send it to the exchange; false: refuse it") boolean granted,
    @Means("why; never blank, it is recorded") String reason) {}
