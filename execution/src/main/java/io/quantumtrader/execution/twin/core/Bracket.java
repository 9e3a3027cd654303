package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;

/**
 * One step of what leverage a position's size allows.
 *
 * @param number from 1
 * @param maxLeverage highest leverage in it, 1 to 125
 * @param floor smallest notional, quote currency, exclusive
 * @param cap largest notional, quote currency
 * @param maintenanceRatio share of the notional that must be there as margin, above 0
 * @param deduction what is taken off the maintenance margin so that steps meet, quote currency
 */
public record Bracket(
    int number,
    int maxLeverage,
    BigDecimal floor,
    BigDecimal cap,
    BigDecimal maintenanceRatio,
    BigDecimal deduction) {}
