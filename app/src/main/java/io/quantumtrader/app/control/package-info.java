/** What an operator sets by hand: trading states and orders to close. */
package io.quantumtrader.app.control;
