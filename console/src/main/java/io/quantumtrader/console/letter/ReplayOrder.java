package io.quantumtrader.console.letter;

import io.quantumtrader.console.Means;

/** That the record of a dead letter is to be sent again. */
public record ReplayOrder(
    @Means("place of the letter among the dead letters, PARTITION:OFFSET") String place,
    @Means("whether it is sent though it still cannot be read") boolean evenIfUnreadable,
    @Means("why; never blank, it is recorded") String reason) {}
