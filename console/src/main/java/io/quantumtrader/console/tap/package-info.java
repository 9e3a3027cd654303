/** The committed records of a pipeline's topics, read to their ends and on from there. */
package io.quantumtrader.console.tap;
