/** How well a pipeline is, as a number from 0 to 100 with what cost points. */
package io.quantumtrader.console.health;
